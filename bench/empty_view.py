"""The least a Django site can do, as a baseline."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="bench", MIDDLEWARE=[])  # noqa: S106

urlpatterns = [path("", lambda _: HttpResponse(""))]
application = get_wsgi_application()
