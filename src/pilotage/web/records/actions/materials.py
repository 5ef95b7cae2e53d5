"""Materials are given out to a group: with their session, or earlier by its teacher."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from pilotage.vocabulary import AuditAction
from pilotage.web.records import audit, protocols
from pilotage.web.records.models import MaterialReleased, Session
from pilotage.web.records.refused import ActionRefused


@transaction.atomic
def release_material(by: audit.By, session: Session, material: str) -> MaterialReleased:
    """Give one material to the group now, with this session; giving it twice changes nothing."""
    programme = protocols.of(session.cohort.study).protocol.programme
    if programme is None or material not in {known.id for known in programme.materials}:
        raise ActionRefused(_("This material is not in the programme."))
    row, new = MaterialReleased.objects.get_or_create(cohort=session.cohort, material=material, session=session.number)
    if new:
        after = {"material": material, "session": session.number}
        audit.record(by, AuditAction.MATERIAL_RELEASED, row, study=session.cohort.study, after=after)
    return row


def release_with_session(by: audit.By, session: Session) -> None:
    """Release what the protocol gives out in this session."""
    programme = protocols.of(session.cohort.study).protocol.programme
    for material in programme.materials if programme else ():
        if material.released in (session.number, "each session"):
            release_material(by, session, material.id)
