"""What an installation needs before it serves: schema, regions, figures, an outlook, and locally a way in."""

from collections.abc import Callable, Iterator

from django.conf import settings

from rtopnet.advice.public import tell_advice
from rtopnet.assistance.public import tell_assistance_story
from rtopnet.config.embedded_postgres import alone
from rtopnet.config.installation import bring_up_to_date, refuse_data_of_another_format
from rtopnet.kernel.acting import Capacity, acting_for
from rtopnet.meetings.public import tell_decisions, tell_meetings
from rtopnet.network.public import (
    RegionPack,
    give_demonstration_links,
    load_region_pack,
    loaded_pack_sha256,
    pack_folders,
    read_pack,
    region_by_slug,
)
from rtopnet.sharing.public import tell_story
from rtopnet.warning.assessments.public import tell_assessments
from rtopnet.warning.evidence.public import load_signal_sources, tell_reports, tell_signals
from rtopnet.warning.forecasts.public import newest_run, read_starter_figures, run_outlook

Tell = Callable[[str], None]


def prepare(*, tell: Tell) -> list[RegionPack]:
    """Bring schema, regions, figures and outlooks up to date; what is up to date already stays as it is."""
    refuse_data_of_another_format()
    with alone(settings.DATA_FOLDER):
        bring_up_to_date(tell)
        packs = [read_pack(folder) for folder in pack_folders()]
        for pack in packs:
            _load_where_new(pack, tell)
    return packs


def sign_in_lines(packs: list[RegionPack], port: int) -> list[str]:
    """What to tell somebody who tries the platform on this machine; exercises get something to look at."""
    with alone(settings.DATA_FOLDER):
        for pack in packs:
            tell_story(pack)
            tell_decisions(pack)
            tell_meetings(pack)
            tell_assistance_story(pack)
            tell_reports(pack)
            tell_assessments(pack)
            tell_signals(pack)
            tell_advice(pack)
        return ["To sign in on this machine, once each:", *_links(packs, port)]


def _load_where_new(pack: RegionPack, tell: Tell) -> None:
    # Figures first, and the load in a transaction of its own: it holds the ledger, which sign-ins wait for.
    with acting_for(Capacity.INSTALLATION):
        is_new = loaded_pack_sha256(pack.region.slug) != pack.sha256
    if is_new:
        tell(f"Loading the region pack {pack.region.slug} …")
        read_starter_figures(pack, tell=tell)
        with acting_for(Capacity.INSTALLATION):
            load_region_pack(pack)
        load_signal_sources(pack)
    with acting_for(Capacity.INSTALLATION):
        region = region_by_slug(pack.region.slug)
        if region and (is_new or newest_run(region) is None):
            run_outlook(region=region, tell=tell)


def _links(packs: list[RegionPack], port: int) -> Iterator[str]:
    with acting_for(Capacity.INSTALLATION):
        for pack in packs:
            links = give_demonstration_links(pack)
            yield f"  {links[0].region}" if links else f"  {pack.region.slug}: no post is offered"
            for link in links:
                yield f"    {link.holder}:\n      http://localhost:{port}/sign-in/{link.secret}/"
