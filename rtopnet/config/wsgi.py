import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rtopnet.config.settings.production")
application = get_wsgi_application()

from rtopnet.config.installation import refuse_to_serve_as_powerful_role  # noqa: E402 -- Django comes first

refuse_to_serve_as_powerful_role()
