"""The application, for waitress, gunicorn and others: ``pilotage.web.wsgi:application``."""

import os

from django.apps import apps
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pilotage.web.settings")
_BY_ITSELF = not apps.ready  # otherwise a command set Django up, and has looked at the records
application = get_wsgi_application()

if _BY_ITSELF:
    from django.db import connection

    from pilotage.web import start

    start.reach_database()
    start.refuse_unready()
    connection.close()  # a server that forks makes connections of its own
