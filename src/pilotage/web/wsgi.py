"""The application, for waitress, gunicorn and others: ``pilotage.web.wsgi:application``."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pilotage.web.settings")
application = get_wsgi_application()
