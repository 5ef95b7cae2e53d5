"""Guards of the database that somebody removed are made again, and the log says so."""

from __future__ import annotations

from django.db import connection, transaction

from pilotage.vocabulary import AuditAction
from pilotage.web.records import audit, guards
from pilotage.web.records.models import ChainHead


@transaction.atomic
def make_guards_again() -> list[guards.Trigger]:
    """Make every guard that is missing, altered or switched off; return them, and note them in the log."""
    made = guards.make(connection)
    if made:
        head, _ = ChainHead.objects.get_or_create(id=1)
        audit.record(
            audit.SERVER, AuditAction.GUARDS_MADE_AGAIN, head, after={"guards": [trigger.name for trigger in made]}
        )
    return made
