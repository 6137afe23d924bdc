"""Reads region.yaml: the region, its languages, states, institutions and posts."""

import math
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from yaml.nodes import Node

from rtopnet.network.region_pack import codes, vocabulary
from rtopnet.network.region_pack.entries import Entry
from rtopnet.network.region_pack.faults import FaultBook, quoted
from rtopnet.network.region_pack.pack import (
    FirstLevelRegion,
    Institution,
    Kind,
    Language,
    Membership,
    Names,
    OwnName,
    Region,
    State,
)
from rtopnet.network.region_pack.posts import posts_of, sign_in_posts_of

FILE = "region.yaml"
KEY = re.compile(r"[a-z][a-z0-9_-]{0,48}")
_CAPITAL = re.compile(r".{1,120}")


@dataclass(frozen=True)
class _Terms:
    """What the rest of the file is read against."""

    kind: str
    name_languages: tuple[str, ...]


def region_from(node: Node, faults: FaultBook) -> Region:
    """The region a document describes; stand-ins where ``faults`` has grown."""
    entry = Entry(node, what="the region", file=FILE, faults=faults)
    languages = tuple(_language(each) for each in entry.entries("languages", what="language"))
    _once(entry, "languages", "code", [language.code for language in languages])
    working = _working_language(entry, languages)
    terms = _Terms(entry.choice("kind", vocabulary.KINDS), _working_first(working, languages))
    institutions = _institutions(entry, terms)
    states = tuple(_state(each, terms) for each in entry.entries("states", what="state"))
    _no_state_twice(states, faults)
    posts = posts_of(entry, states, institutions, terms.name_languages)
    region = Region(
        slug=entry.text("slug", form=KEY),
        kind=cast("Kind", terms.kind),
        names=entry.names("names", terms.name_languages),
        short_names=entry.names("short_names", terms.name_languages, required=False),
        founded=entry.day("founded", required=False),
        working_language=working,
        languages=languages,
        document_languages=_document_languages(entry),
        time_zone=_time_zone(entry, entry.text("time_zone"), "time_zone"),
        crimes=_crimes(entry, terms),
        institutions=institutions,
        states=states,
        posts=posts,
        sign_in_posts=sign_in_posts_of(entry, posts),
    )
    entry.close()
    return region


def _language(entry: Entry) -> Language:
    code = entry.text("code")
    _known_language(entry, code, "code")
    language = Language(
        code=code,
        name=entry.text("name"),
        numerals=entry.choice("numerals", codes.NUMERALS),
        direction=entry.choice("direction", codes.DIRECTIONS),
    )
    entry.close()
    return language


def _document_languages(entry: Entry) -> tuple[str, ...]:
    codes_named = entry.texts("document_languages", required=False)
    for code in codes_named:
        _known_language(entry, code, "document_languages")
    return tuple(codes_named)


def _known_language(entry: Entry, code: str, key: str) -> None:
    if code and not codes.is_language(code):
        entry.fault(
            f"{key} {quoted(code)} is not a language code that CLDR knows",
            key=key,
            near=(code, codes.languages()),
        )


def _working_language(entry: Entry, languages: Iterable[Language]) -> str:
    offered = [language.code for language in languages if language.code]
    working = entry.text("working_language")
    if working and working not in offered:
        entry.fault(
            f"working_language {quoted(working)} is not among the languages",
            key="working_language",
            near=(working, offered),
        )
    return working


def _working_first(working: str, languages: Iterable[Language]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([working, *(language.code for language in languages)])) if working else ()


def _time_zone(entry: Entry, name: str, key: str) -> str:
    known = codes.time_zones()
    if name and name not in known:
        entry.fault(f"{key} {quoted(name)} is not an IANA time zone", key=key, near=(name, known))
    return name


def _crimes(entry: Entry, terms: _Terms) -> Mapping[str, Names]:
    crimes = entry.entry("crimes", required=False)
    if crimes is None:
        return {}
    found = {
        crime: crimes.names(crime, terms.name_languages) for crime in vocabulary.CRIMES if crimes.has(crime)
    }
    crimes.close()
    return found


def _institutions(entry: Entry, terms: _Terms, *, of: str = "") -> tuple[Institution, ...]:
    found = tuple(
        _institution(each, terms, of)
        for each in entry.entries("institutions", what="institution", required=not of)
    )
    entry.note_twice((each.line, f"institution key {quoted(each.key)}") for each in found if each.key)
    return found


def _institution(entry: Entry, terms: _Terms, of: str) -> Institution:
    institution = Institution(
        key=entry.text("key", form=KEY),
        kind=entry.choice("kind", vocabulary.INSTITUTIONS),
        names=_any_names(entry, terms.name_languages),
        of=of,
        line=entry.line,
    )
    entry.close()
    return institution


def _any_names(entry: Entry, known: Collection[str]) -> Names:
    """Names by language of the interface, and ``own_names`` in the body's own languages beside them."""
    names = dict(entry.names("names", known))
    for own in entry.entries("own_names", what="own name", required=False):
        name = _own_name(own)
        names.setdefault(name.language, name.name)
    return names


def _own_name(entry: Entry) -> OwnName:
    language = entry.text("lang")
    _known_language(entry, language, "lang")
    name = OwnName(language=language, name=entry.text("name"), basis=entry.text("basis", required=False))
    entry.close()
    return name


def _state(entry: Entry, terms: _Terms) -> State:
    iso3 = entry.text("iso3", form=codes.ISO3)
    state = State(
        iso3=iso3,
        iso2=entry.text("iso2", required=False, form=codes.ISO2),
        m49=entry.text("m49", required=False, form=codes.M49),
        gw_id=entry.integer("gw_id", least=1),
        names=entry.names("names", terms.name_languages),
        own_names=tuple(_own_name(n) for n in entry.entries("own_names", what="own name", required=False)),
        official_languages=_state_languages(entry, "official_languages"),
        working_languages=_state_languages(entry, "working_languages", required=False),
        capital=entry.text("capital", form=_CAPITAL),
        centroid=_centroid(entry),
        time_zones=tuple(_time_zone(entry, name, "time_zones") for name in entry.texts("time_zones")),
        member_since=_membership(entry),
        institutions=_institutions(entry, terms, of=iso3 or "?"),
        regions=_regions(entry, terms),
        note=entry.text("note", required=False),
        line=entry.line,
    )
    _codes_fit(entry, state, terms.kind)
    entry.close()
    return state


def _state_languages(entry: Entry, key: str, *, required: bool = True) -> tuple[str, ...]:
    found = entry.texts(key, required=required)
    for code in found:
        _known_language(entry, code, key)
    return found


def _centroid(entry: Entry) -> tuple[float, float]:
    centroid = entry.entry("centroid")
    if centroid is None:
        return (math.nan, math.nan)
    place = (centroid.number("lat", low=-90, high=90), centroid.number("lon", low=-180, high=180))
    centroid.close()
    return place


def _membership(entry: Entry) -> Membership | None:
    membership = entry.entry("member_since", required=False)
    if membership is None:
        return None
    since = membership.day("date")
    verified = membership.choice("verified", vocabulary.VERIFIED)
    membership.close()
    return Membership(since, verified) if since else None


def _regions(entry: Entry, terms: _Terms) -> tuple[FirstLevelRegion, ...]:
    found = []
    for each in entry.entries("regions", what="first-level region", required=False):
        names = each.names("names", terms.name_languages, required=False)
        found.append(FirstLevelRegion(each.text("name"), names))
        each.close()
    _once(entry, "regions", "name", [region.name for region in found])
    return tuple(found)


def _codes_fit(entry: Entry, state: State, kind: str) -> None:
    """A fictional state takes codes no state will ever have; a real one has codes that are in use."""
    if kind == "exercise":
        _codes_are_free(entry, state)
    elif kind == "real" and state.iso2 and not codes.is_territory(state.iso2):
        entry.fault(f"iso2 {quoted(state.iso2)} is not a territory that CLDR knows", key="iso2")


def _codes_are_free(entry: Entry, state: State) -> None:
    if state.iso3 and codes.INVENTED_ISO3.fullmatch(state.iso3) is None:
        entry.fault(
            f"iso3 {quoted(state.iso3)} could be a real state's; "
            "a fictional one takes XAA to XZZ or QMA to QZZ",
            key="iso3",
        )
    if state.iso2 and codes.INVENTED_ISO2.fullmatch(state.iso2) is None:
        entry.fault(f"iso2 {quoted(state.iso2)} could be a real state's; leave it out", key="iso2")
    if state.gw_id and state.gw_id < codes.FIRST_INVENTED_GW_ID:
        entry.fault(
            f"gw_id {state.gw_id} could be a real state's; a fictional one takes "
            f"{codes.FIRST_INVENTED_GW_ID} or more",
            key="gw_id",
        )


def _no_state_twice(states: Iterable[State], faults: FaultBook) -> None:
    for field in ("iso3", "iso2", "m49", "gw_id"):
        given = [(state.line, str(getattr(state, field))) for state in states if getattr(state, field)]
        faults.note_twice(FILE, ((line, f"{field} {quoted(code)}") for line, code in given))


def _once(entry: Entry, key: str, field: str, words: list[str]) -> None:
    for word in sorted({word for word in words if word and words.count(word) > 1}):
        entry.fault(f"{key} has the {field} {quoted(word)} twice", key=key)
