"""An outlook computed from a small store, kept, and read back."""

from datetime import date

import pytest

from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.network.public import region_by_slug
from rtopnet.warning.forecasts.jobs import recompute_outlook
from rtopnet.warning.forecasts.models import OutlookRun, StateForecast
from rtopnet.warning.forecasts.public import NothingToForecastError, newest_run, region_outlook, run_outlook
from tests.factories import make_account, make_region

pytestmark = pytest.mark.django_db


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
    from forewarn.ingest.registry import sources
    from forewarn.pipelines.ingestion import ingest_files

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
