"""Every address of the site."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("rtopnet.portal.urls")),
    path("", include("rtopnet.warning.forecasts.urls")),
    path("situation/reports/", include("rtopnet.warning.evidence.urls")),
    path("situation/signals/", include("rtopnet.warning.evidence.signal_urls")),
    path("situation/framework/", include("rtopnet.warning.indicators.urls")),
    path("situation/assessments/", include("rtopnet.warning.assessments.urls")),
    path("situation/", include("rtopnet.warning.alerts.urls")),
    path("records/", include("rtopnet.sharing.urls")),
    path("meetings/", include("rtopnet.meetings.urls")),
    path("assistance/", include("rtopnet.assistance.urls")),
    path("accounts/", include("rtopnet.network.urls")),
    path("network/ledger/", include("rtopnet.network.ledger_urls")),
    path("", include("rtopnet.network.notice_urls")),
    path("network/advice/", include("rtopnet.advice.urls")),
    path("network/", include("rtopnet.network.place_urls")),
    path("language/", set_language, name="set_language"),
]
if settings.LOCAL_SIGN_IN_LINKS:
    urlpatterns.append(path("sign-in/", include("rtopnet.network.local_urls")))

handler400 = "rtopnet.portal.views.bad_request"
handler403 = "rtopnet.portal.views.forbidden"
handler404 = "rtopnet.portal.views.not_found"
handler500 = "rtopnet.portal.views.server_error"
