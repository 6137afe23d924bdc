"""Figures of the outlook as files."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from rtopnet.network.public import account_of, region_of
from rtopnet.warning.forecasts.downloads import FILE_KINDS
from rtopnet.warning.forecasts.public import MONTHS_IN_FILE, state_page


@require_safe
@login_required
@never_cache
def state_figures(request: HttpRequest, iso3: str, suffix: str) -> HttpResponse:
    """A state's recorded and expected deaths, with source and licence inside."""
    kind = FILE_KINDS.get(suffix)
    if kind is None:
        raise Http404
    region = region_of(account_of(request))
    page = state_page(region=region, iso3=iso3.upper(), language="en", months_ahead=MONTHS_IN_FILE)
    if page is None:
        raise Http404
    name = f"{page.region_slug}-{page.state.iso3}-{page.origin:%Y-%m}.{kind.suffix}"
    response = HttpResponse(kind.write(page), content_type=kind.content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
