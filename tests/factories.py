"""Small worlds for tests: fictional regions, their posts and accounts."""

from datetime import date

from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import Capacity, acting_for
from rtopnet.network.models import Post, Region, State
from rtopnet.network.public import open_account, region_by_slug, states_of
from rtopnet.warning.forecasts.rules import (
    ComputedOutlook,
    FirstLevelFigures,
    FirstLevelRow,
    Interval,
    Outcome,
    RecentEvent,
    SkillSummary,
    StateFigures,
    Vintage,
    months_after,
)
from rtopnet.warning.forecasts.services import keep_outlook
from tests.explanations import card_told, explained_figures


def make_region(slug="reef", *, states=("XAA", "XAB"), kind="exercise"):
    """A region with states and, for each, a focal point's post."""
    with acting_for(Capacity.INSTALLATION):
        region = Region.objects.create(
            slug=slug,
            names={"en": slug.title(), "km": "តំបន់"},
            kind=kind,
            working_language="en",
            pack_sha256="0" * 64,
        )
        for number, iso3 in enumerate(states):
            state = State.objects.create(
                region=region,
                iso3=iso3,
                gw_id=9100 + number,
                names={"en": f"State {iso3}"},
                capital="Harbour",
                time_zones=["UTC"],
            )
            Post.objects.create(
                region=region,
                key=f"{iso3.lower()}-focal-point",
                kind="focal_point",
                state=state,
                titles={"en": "Focal point"},
            )
        record_deed(verb="made", kind="network.region", subject=region.pk, region=region.pk)
    return region


def make_account(region, iso3="XAA", *, password=None):
    """An account that holds the focal point's post of a state."""
    with acting_for(Capacity.INSTALLATION):
        post = Post.objects.get(region=region, key=f"{iso3.lower()}-focal-point")
        account = open_account(
            post=post, email=f"{iso3.lower()}@{region.slug}.example", name=f"Focal point of {iso3}"
        )
        if password:
            account.set_password(password)
            account.save()
    return account


def make_outlook(
    region, *, origin=date(2026, 5, 1), quiet=("XAB",), outcomes=(Outcome.ALL, Outcome.ONE_SIDED)
):
    """Keep an outlook with plain figures: every state the same, the quiet ones without any death."""
    with acting_for(Capacity.INSTALLATION):
        summary = region_by_slug(region.slug)
        codes = [state.iso3 for state in states_of(summary.id)]
        figures = [_figures(code, outcome, origin, code in quiet) for code in codes for outcome in outcomes]
        return keep_outlook(region=summary, outlook=_computed(origin, codes, figures, outcomes))


def _figures(iso3, outcome, origin, is_quiet):
    months = 60
    size = 0 if is_quiet else 1
    interval = Interval(40.0 * size, 10.0 * size, 200.0 * size)
    return StateFigures(
        iso3=iso3,
        outcome=outcome,
        first_month=months_after(origin, 1 - months),
        history=[size * (month % 7) for month in range(months)],
        fan=[[12.0 * size, 5.0 * size, 20.0 * size, 1.0 * size, 60.0 * size]] * 36,
        benchmark_fan=[[11.0 * size, 4.0 * size, 22.0 * size, 0.0, 70.0 * size]] * 36,
        expected=interval,
        previous_expected=Interval(20.0 * size, 5.0 * size, 100.0 * size),
        benchmark_expected=interval,
    )


def _computed(origin, codes, figures, outcomes):
    event = RecentEvent(
        event_id="9001",
        starts_on=origin,
        ends_on=origin,
        date_precision=1,
        place="Landing",
        region="Northern Shore",
        place_precision=2,
        outcome=Outcome.ONE_SIDED,
        best=3,
        low=2,
        high=6,
        side_a="Harbour Watch",
        side_b="Civilians",
        source="ucdp-ged",
        version="26.1",
    )
    vintages = [
        Vintage(
            source="Invented events",
            version="26.1",
            publisher="This project",
            licence="CC0-1.0",
            citation="None",
            newest_month=origin,
            outcome=outcome,
            invented=True,
        )
        for outcome in outcomes
    ]
    skill = SkillSummary("learned", "own-history-12", 3.0, 4.0, 0.75, 0.6, 0.9, 0.91, 1200, 2021, 2026)
    row = FirstLevelRow("Northern Shore", 17, 4, 0.42)
    return ComputedOutlook(
        origin=origin,
        model="learned",
        benchmark="own-history-12",
        steps=36,
        draws=1000,
        seed=1,
        code_version="forewarn 0",
        states=figures,
        first_level=[FirstLevelFigures(codes[0], row)],
        first_level_until=origin,
        events=[(codes[0], event)],
        vintages=vintages,
        skill=skill,
        explained=[each for code in codes[:1] for each in explained_figures(code)],
        cards=[card_told(origin=origin)],
        data_as_of="2026-06-02T10:00:00.000000+00:00",
    )
