"""What may be published of assistance, put into the words of the aid transparency standard."""

from rtopnet.assistance.public import Activity, Area, activities_to_publish
from rtopnet.assistance.rules.iati import (
    MULTILATERAL,
    Budget,
    Organisation,
    PublishedActivity,
    Transaction,
    activities_file,
)
from rtopnet.assistance.wording import AREAS
from rtopnet.kernel.clock import now
from rtopnet.network.public import RegionSummary, name_in


def iati_file(region: RegionSummary, language: str) -> bytes:
    """All that the acting account may read and that its owners marked CLEAR."""
    prefix = f"RTOPNET-{region.slug.upper()}"
    publisher = Organisation(prefix, region.name(language), MULTILATERAL)
    found = [_activity(one, prefix, language) for one in activities_to_publish()]
    return activities_file(found, publisher=publisher, language=language, now=now())


def _activity(one: Activity, prefix: str, language: str) -> PublishedActivity:
    areas = ", ".join(str(AREAS[Area(area).value]) for area in one.areas)
    return PublishedActivity(
        identifier=f"{prefix}-{one.request}",
        title=one.title,
        description=f"{one.title} ({areas})",
        receiver=Organisation(f"{prefix}-{one.state}", name_in(one.state_names, language)),
        areas=one.areas,
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        budgets=[Budget(amount, currency, first, last) for currency, amount, first, last in one.budgets],
        transactions=[
            Transaction(
                step.flow,
                step.amount,
                step.currency,
                step.value_on,
                Organisation(f"{prefix}-{given.body}", name_in(given.body_names, language)),
                step.words,
            )
            for given in one.contributions
            for step in given.steps
        ],
    )
