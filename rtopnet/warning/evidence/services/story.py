"""Reports as an exercise is shown with them, told by its demonstration accounts."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

import yaml

from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.kernel.clock import today
from rtopnet.network.public import RegionPack, demonstration_accounts, region_by_slug, states_of
from rtopnet.sharing.public import Audience, Marking, address_record, release_record
from rtopnet.warning.evidence.models import FieldReport
from rtopnet.warning.evidence.rules.facts import ExactPlace, Facts, Protected, Range
from rtopnet.warning.evidence.rules.words import (
    ActorKind,
    Ground,
    PlacePrecision,
    Precision,
    RabatPart,
    SourceGrade,
)
from rtopnet.warning.evidence.services.reports import Owner, Told, draft_report, grade_report
from rtopnet.warning.evidence.services.speech import Graded, Said, draft_incitement, grade_speech

FILE = "reports.yaml"
Written = Mapping[str, Any]


def tell_reports(pack: RegionPack) -> int:
    """Make the reports of an exercise's story, once only; how many were made.

    None are made in a region of real states, where a state of the story has reported already, and where
    somebody's own account holds one of the posts that act in it.
    """
    file = pack.folder / FILE
    if pack.region.kind != "exercise" or not file.is_file():
        return 0
    story = yaml.safe_load(file.read_text(encoding="utf-8"))
    with acting_for(Capacity.INSTALLATION):
        region = region_by_slug(pack.region.slug)
        cast = {post.key: post for post in pack.region.posts if post.kind == "focal_point"}
        accounts = demonstration_accounts(pack, cast)
        if region is None or accounts is None:
            return 0
        by_state = {post.of: accounts[key] for key, post in cast.items()}
        states = {state.iso3: state.id for state in states_of(region.id)}
        if any(_has_reported(account) for account in by_state.values()):
            return 0
        for one in story["reports"]:
            _tell(one, by_state[one["by"]], states)
        return len(story["reports"])


def _has_reported(account: UUID) -> bool:
    with acting_as(account):
        return FieldReport.objects.exists()


def _tell(one: Written, by: UUID, states: Mapping[str, UUID]) -> None:
    marking = Marking.GREEN if one.get("network") else Marking.AMBER
    told, owner = _told(one, states), Owner(states[one["by"]])
    if "speech" in one:
        record = draft_incitement(by=by, owner=owner, told=told, said=Said(**one["speech"]), marking=marking)
        graded = {RabatPart(part): Graded(*grade) for part, grade in one["rabat"].items()}
        grade_speech(by=by, record=record, grades=graded)
    else:
        record = draft_report(by=by, owner=owner, told=told, marking=marking)
    if "grade" in one:
        source, information, reason = one["grade"]
        grade_report(by=by, record=record, source=SourceGrade(source), information=information, reason=reason)
    readers = Audience(
        states=frozenset(states[code] for code in one.get("share", ())), network=one.get("network", False)
    )
    if readers.reach() is not None:
        address_record(by=by, record=record, audience=readers)
        release_record(by=by, record=record)


def _told(one: Written, states: Mapping[str, UUID]) -> Told:
    first, last = (today() - timedelta(days=days) for days in one["days"])
    default = Precision.HOUR if "hour" in one else Precision.DAY
    kept = one.get("protected", {})
    facts = Facts(
        act=one.get("act", "incitement"),
        state=states[one["by"]],
        occurred_from=first,
        occurred_to=last,
        precision=Precision(one.get("precision", default)),
        hour=one.get("hour"),
        region_name=one["region"],
        place_precision=PlacePrecision(one.get("place_precision", PlacePrecision.REGION)),
        target_group=one.get("target", ""),
        target_ground=Ground(one.get("ground", Ground.UNKNOWN)),
        actor_kind=ActorKind(one.get("actor", ActorKind.UNKNOWN)),
        killed=_range(one, "killed"),
        injured=_range(one, "injured"),
        displaced=_range(one, "displaced"),
    )
    protected = Protected(
        source=kept.get("source", ""), names=kept.get("names", ""), place=ExactPlace(kept.get("place", ""))
    )
    return Told(title=one["title"], body=one["body"].strip(), facts=facts, protected=protected)


def _range(one: Written, harm: str) -> Range | None:
    return (one[harm][0], one[harm][1]) if harm in one else None
