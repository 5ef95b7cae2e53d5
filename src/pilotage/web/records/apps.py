"""The records as a Django application."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """The one application with models."""

    name = "pilotage.web.records"
    label = "records"
