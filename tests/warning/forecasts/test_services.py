"""An outlook computed from a small store, kept, and read back."""

from datetime import date

import pytest
from forewarn.ingest.registry import sources
from forewarn.ingest.ucdp_ged.columns import GED_COLUMNS
from forewarn.pipelines.ingestion import ingest_files

from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.network.public import region_by_slug
from rtopnet.warning.forecasts.jobs import recompute_outlook
from rtopnet.warning.forecasts.models import OutlookRun, StateForecast
from rtopnet.warning.forecasts.public import (
    NothingToForecastError,
    card_of_state,
    newest_run,
    region_outlook,
    run_outlook,
    state_page,
)
from tests.factories import make_account, make_region

pytestmark = pytest.mark.django_db

EVENT = {
    "id": 1,
    "relid": "XAB-1",
    "year": 2025,
    "active_year": "True",
    "code_status": "Clear",
    "type_of_violence": 3,
    "side_a": "Harbour Watch",
    "side_b": "Civilians",
    "number_of_sources": 1,
    "where_prec": 1,
    "adm_1": "Upper",
    "latitude": 9.5,
    "longitude": 41.25,
    "priogrid_gid": 143723,
    "country": "State XAB",
    "country_id": 9101,
    "event_clarity": 1,
    "date_prec": 1,
    "date_start": "2025-03-10",
    "date_end": "2025-03-10",
    "deaths_a": 0,
    "deaths_b": 0,
    "deaths_civilians": 3,
    "deaths_unknown": 0,
    "best": 3,
    "low": 2,
    "high": 4,
}
"""A day on which civilians were killed in the second state, which events know by its number."""


@pytest.fixture
def store(settings, tmp_path):
    settings.STORE_FOLDER = tmp_path
    settings.REGION_FOLDER = tmp_path / "no-packs"
    return tmp_path / "reef"


@pytest.fixture
def region():
    made = make_region("reef", states=("XAA", "XAB"))
    with acting_for(Capacity.INSTALLATION):
        return region_by_slug(made.slug)


@pytest.fixture
def figures(store, tmp_path):
    """Twelve years of one state's months; of the other nothing was ever recorded."""
    months = [f"{year}-{month:02d}" for year in range(2014, 2026) for month in range(1, 13)]
    rows = [f"XAA,{month},{(7 * place) % 23}" for place, month in enumerate(months)]
    table = tmp_path / "table.csv"
    table.write_text("\n".join(["iso3,month,deaths", *rows]) + "\n")
    about = {"outcome": "all", "source": "Invented, 1", "licence": "CC0-1.0", "citation": "none"}
    ingest_files(sources()["country-month"], [table], store=store, settings=about)
    return store


def compute(region, **options):
    with acting_for(Capacity.INSTALLATION):
        return run_outlook(region=region, **options)


def test_an_outlook_is_computed_kept_and_read(region, figures):
    compute(region)
    with acting_for(Capacity.INSTALLATION):
        outlook = region_outlook(region=region, language="en")
    violent, quiet = outlook.states
    assert outlook.origin == date(2025, 12, 1)
    assert (outlook.first_month, outlook.last_month) == (date(2026, 1, 1), date(2026, 3, 1))
    assert violent.expected.low <= violent.expected.median <= violent.expected.high
    assert violent.expected.median > 0
    assert not quiet.ever_recorded
    assert outlook.vintages[0].licence == "CC0-1.0"
    assert outlook.skill.first_year >= 2020


def later(region, figures, tmp_path, *, revise):
    """A month later: the last month's figure came, and perhaps an earlier one was corrected."""
    months = [f"{year}-{month:02d}" for year in range(2014, 2026) for month in range(1, 13)] + ["2026-01"]
    rows = [
        f"XAA,{month},{(7 * place) % 23 + (90 if revise and month == '2025-11' else 0)}"
        for place, month in enumerate(months)
    ]
    table = tmp_path / "later.csv"
    table.write_text("\n".join(["iso3,month,deaths", *rows]) + "\n")
    about = {"outcome": "all", "source": "Invented, 2", "licence": "CC0-1.0", "citation": "none"}
    ingest_files(sources()["country-month"], [table], store=figures, settings=about)


def why_of(region, iso3="XAA"):
    with acting_for(Capacity.INSTALLATION):
        return state_page(region=region, iso3=iso3, language="en").why


def test_every_forecast_is_explained_by_parts_that_add_up(region, figures):
    compute(region)
    why = why_of(region)
    assert why.model == "analogues"
    assert why.base + sum(driver.contribution for driver in why.drivers) == pytest.approx(why.total)
    assert why.alike
    assert why.alternatives
    assert why_of(region, "XAB").output == pytest.approx(0, abs=1)


def test_without_an_earlier_run_a_month_less_is_compared_with(region, figures):
    compute(region)
    change = why_of(region).change
    assert change.before_origin == date(2025, 11, 1)
    assert change.revised_data == 0


@pytest.mark.parametrize("revise", [False, True])
def test_what_changed_is_told_apart_from_the_data_of_the_run_before(region, figures, tmp_path, revise):
    compute(region)
    before = why_of(region).output
    later(region, figures, tmp_path, revise=revise)
    compute(region)
    change = why_of(region).change
    assert change.before_origin == date(2025, 12, 1)
    assert change.before == pytest.approx(before)
    assert (change.revised_data != 0) is revise
    total = change.before + change.revised_data + change.new_data + change.model
    assert total == pytest.approx(change.after)
    assert change.after == pytest.approx(why_of(region).output)


def test_the_models_card_is_made_from_its_evaluation_on_the_regions_figures(region, figures):
    compute(region)
    with acting_for(Capacity.INSTALLATION):
        found = card_of_state(region=region, iso3="XAA", task="fatalities", language="en")
    assert found.card.first_month == date(2014, 1, 1)
    assert found.card.learned_to == date(2024, 12, 1)
    assert {ratio.part for ratio in found.card.by_place} == {"State XAA"}
    assert found.card.misses
    assert "## Known failures" in found.markdown


def test_a_state_known_to_events_by_its_number_has_its_deaths(region, figures, tmp_path):
    early = {"id": 2, "year": 2015, "date_start": "2015-03-10", "date_end": "2015-03-10"}
    events = [dict.fromkeys(GED_COLUMNS, "") | EVENT | changes for changes in ({}, early)]
    lines = [",".join(GED_COLUMNS), *(",".join(map(str, event.values())) for event in events)]
    file = tmp_path / "GEDEvent_v26_1.csv"
    file.write_text("\n".join(lines) + "\n")
    ingest_files(sources()["ucdp-ged"], [file], store=figures, settings={"scope": "world"})
    compute(region)
    with acting_for(Capacity.INSTALLATION):
        page = state_page(region=region, iso3="XAB", language="en")
    assert page.state.ever_recorded
    assert page.events


def test_the_same_figures_give_the_same_outlook(region, figures):
    first, second = compute(region), compute(region)
    with acting_for(Capacity.INSTALLATION):
        fans = [
            list(StateForecast.objects.filter(run=run).order_by("state__iso3").values_list("fan", "expected"))
            for run in (first, second)
        ]
        assert newest_run(region).pk == second
    assert fans[0] == fans[1]


def test_an_earlier_origin_sees_nothing_later(region, figures):
    compute(region, origin=date(2024, 6, 1))
    with acting_for(Capacity.INSTALLATION):
        outlook = region_outlook(region=region, language="en")
    assert outlook.origin == date(2024, 6, 1)
    assert outlook.states[0].history[-1].month == date(2024, 6, 1)


@pytest.mark.parametrize("origin", [date(2026, 1, 1), date(2013, 1, 1)])
def test_an_origin_outside_the_figures_is_refused_with_their_span(region, figures, origin):
    with pytest.raises(NothingToForecastError, match="2014-01 to 2025-12"):
        compute(region, origin=origin)


def test_without_figures_there_is_no_outlook(region, store):
    with pytest.raises(NothingToForecastError, match="no such store"):
        compute(region)


def test_readers_see_their_own_regions_runs_only(region, figures):
    compute(region)
    reader = make_account(make_region("ridge", states=("XBA",)), "XBA")
    with acting_as(reader.pk):
        assert not OutlookRun.objects.exists()
        assert not StateForecast.objects.exists()


def test_the_job_computes_as_the_installation(region, figures):
    recompute_outlook(slug="reef")
    recompute_outlook(slug="gone")
    with acting_for(Capacity.INSTALLATION):
        assert newest_run(region).origin == date(2025, 12, 1)
