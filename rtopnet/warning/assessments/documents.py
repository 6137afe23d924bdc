"""An assessment as it is printed: what changed, profiles, both rounds, minority views, the figures."""

from dataclasses import dataclass
from datetime import datetime

from babel.dates import format_date
from django.utils.translation import gettext, override

from rtopnet.network.public import name_in
from rtopnet.sharing.public import DocumentSection, GatheredDocument, document_moment
from rtopnet.warning.assessments.public import (
    AssessmentSheet,
    Beside,
    FactorResult,
    Saying,
    SinceLast,
    TurnResult,
)
from rtopnet.warning.assessments.templatetags.assessment_words import (
    agreement,
    assessment_stage,
    confidence_word,
    contrast_words,
    middle_word,
    move_word,
    presence_word,
    profile_level,
    profile_spread,
    profile_word,
    trend_word,
    who_said,
)


@dataclass(frozen=True)
class Taker:
    """Who takes the document out, when, and in which language."""

    reader: str
    at: datetime
    language: str


def assessment_document(
    found: AssessmentSheet,
    results: list[TurnResult],
    since: SinceLast | None,
    beside: Beside | None,
    taker: Taker,
) -> GatheredDocument:
    """The assessment as its reader may see it; ``results`` have the latest round first."""
    with override(taker.language):
        sections = [
            *_since(since),
            *_conclusion(found),
            *_profiles(results[0]),
            *_minority(found),
            *_figures(found, beside),
            *_factors(results),
            *_sayings(found),
            *_replies(found, taker.language),
        ]
        return GatheredDocument(
            title=found.sheet.title,
            marking=found.sheet.marking,
            chatham_house=found.sheet.chatham_house,
            reader=taker.reader,
            exported_at=taker.at,
            facts=_facts(found, taker.language),
            body=found.asked,
            sections=tuple(sections),
            records=(found.id,),
        )


def _facts(found: AssessmentSheet, language: str) -> tuple[tuple[str, str], ...]:
    place = ", ".join(part for part in (name_in(found.state_names, language), found.place) if part)
    locale = language.replace("-", "_")
    period = gettext("%(first)s to %(last)s") % {
        "first": format_date(found.starts_on, "long", locale=locale),
        "last": format_date(found.ends_on, "long", locale=locale),
    }
    bodies = ", ".join(name_in(names, language) for names in found.body_names)
    version = found.framework.version
    wording = "" if found.framework.is_official else gettext("our paraphrase")
    return (
        (gettext("Owner"), name_in(found.sheet.owner_names, language)),
        (gettext("About"), place),
        (gettext("Period"), period),
        (gettext("Stage"), assessment_stage(found.stage)),
        (gettext("Assessors"), f"{found.panel_size}: {bodies}"),
        (
            gettext("Wording of the Framework"),
            ", ".join(part for part in (version.label, version.sha256[:12], wording) if part),
        ),
        (gettext("Reference"), str(found.id)),
    )


def _since(since: SinceLast | None) -> list[DocumentSection]:
    if since is None:
        return []
    profiles = [
        f"{profile_word(one.crime)}: {move_word(one.move)} "
        f"({profile_level(one.before)} → {profile_level(one.now)})"
        for one in since.profiles
    ]
    factors = [
        f"{one.code}: {move_word(one.move)} ({middle_word(one.before)} → {middle_word(one.now)})"
        for one in since.moved
    ]
    text = "\n".join([since.before.title, "", *profiles, *([""] if factors else []), *factors])
    return [DocumentSection(gettext("What changed since the last assessment?"), text)]


def _conclusion(found: AssessmentSheet) -> list[DocumentSection]:
    return [DocumentSection(gettext("What follows"), found.conclusion.words)] if found.conclusion else []


def _profiles(latest: TurnResult) -> list[DocumentSection]:
    lines = [
        f"{profile_word(read.crime)}: {profile_level(read.level)}. {profile_spread(read)}".strip()
        for read in latest.profiles
    ]
    lines += ["", gettext("A level is a judgement and never the probability of a crime.")]
    alpha = gettext("Agreement over all answers: %(now)s.") % {"now": agreement(latest.agreement)}
    return [DocumentSection(gettext("What assessors see, crime by crime"), "\n".join([*lines, alpha]))]


def _minority(found: AssessmentSheet) -> list[DocumentSection]:
    return [DocumentSection(gettext("Minority view"), one.words, note=_who(one)) for one in found.minority]


def _figures(found: AssessmentSheet, beside: Beside | None) -> list[DocumentSection]:
    lines = [contrast_words(beside.contrast)] if beside and beside.contrast else []
    lines += [f"{contrast_words(note.contrast)}\n{note.words}" for note in found.notes]
    if not lines:
        return []
    return [DocumentSection(gettext("The statistical outlook beside it (a proxy)"), "\n\n".join(lines))]


def _factors(results: list[TurnResult]) -> list[DocumentSection]:
    sections = []
    for one in results[0].factors:
        parts = []
        for result in reversed(results):
            found = result.factor(one.factor.code)
            if found is not None:
                parts.append(_round(result.turn, found))
        sections.append(DocumentSection(f"{one.factor.code}. {one.factor.name}", "\n\n".join(parts), level=3))
    return sections


def _round(turn: int, found: FactorResult) -> str:
    title = gettext("First round") if turn == 1 else gettext("Second round")
    lines = [f"{title}: {middle_word(found.middle)}; {gettext('Agreement')}: {agreement(found.agreement)}"]
    for answer in found.answers:
        said = "; ".join(
            word
            for word in (
                presence_word(answer.presence),
                trend_word(answer.trend),
                confidence_word(answer.confidence),
            )
            if word
        )
        lines.append(f"{who_said(answer.number)}: {said}. {answer.reason}")
        if answer.contrary:
            lines.append(f"{gettext('Against it:')} {answer.contrary}")
        lines += [f"• {one.title} {'' if one.record else one.href}".strip() for one in answer.evidence]
    return "\n".join(lines)


def _sayings(found: AssessmentSheet) -> list[DocumentSection]:
    text = "\n\n".join(f"{_who(one)}: {one.words}" for one in found.sayings)
    return [DocumentSection(gettext("Discussion"), text)] if text else []


def _replies(found: AssessmentSheet, language: str) -> list[DocumentSection]:
    return [
        DocumentSection(
            gettext("Reply of %(state)s") % {"state": name_in(reply.state_names, language)},
            reply.body,
            note=document_moment(reply.at, language),
        )
        for reply in found.sheet.replies
    ]


def _who(one: Saying) -> str:
    about = gettext("factor %(code)s") % {"code": one.code} if one.code else ""
    return ", ".join(part for part in (who_said(one.number), about) if part)
