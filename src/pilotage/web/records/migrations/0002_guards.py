"""The triggers of `records.guards`, and the table of the cache."""

from typing import Any

from django.core.management import call_command
from django.db import migrations

from pilotage.web.records.guards import statements


def make(apps: Any, editor: Any) -> None:
    """Make every trigger in the database's own words."""
    for statement in statements(editor.connection.vendor):
        editor.execute(statement)


def make_cache(apps: Any, editor: Any) -> None:
    """The table of Django's cache, in which sign-in limits are counted for all processes."""
    call_command("createcachetable", database=editor.connection.alias)


class Migration(migrations.Migration):
    """Run after the tables are there."""

    dependencies = [("records", "0001_initial")]
    operations = [migrations.RunPython(make), migrations.RunPython(make_cache)]
