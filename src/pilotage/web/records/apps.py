"""The records as a Django application, whose guards are made again after every migration."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class RecordsConfig(AppConfig):
    """The one application with models."""

    name = "pilotage.web.records"
    label = "records"

    def ready(self) -> None:
        """Have the guards made whenever `migrate` has run, also where it had nothing to do.

        A signal, though we write none elsewhere: it is the one place that every way of migrating comes past.
        """
        post_migrate.connect(_make_guards, sender=self)


def _make_guards(using: str, **_: Any) -> None:
    from pilotage.web.records import guards

    guards.make(connections[using])
