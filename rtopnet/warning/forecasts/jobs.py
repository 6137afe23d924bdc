"""The outlook's work done later."""

from datetime import date

from rtopnet.kernel.jobs import installation_job
from rtopnet.network.public import region_by_slug
from rtopnet.warning.forecasts.public import run_outlook


@installation_job("recompute_outlook")
def recompute_outlook(*, slug: str, origin: str | None = None) -> None:
    """Compute a region's outlook; twice gives the same figures as a newer run."""
    region = region_by_slug(slug)
    if region is not None:
        run_outlook(region=region, origin=date.fromisoformat(origin) if origin else None)
