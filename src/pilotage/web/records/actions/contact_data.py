"""When the protocol's time for contact data is over: addresses and names in lists go, and counts by reason remain."""

from __future__ import annotations

from datetime import datetime

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pilotage.vocabulary import AuditAction
from pilotage.web.records import audit, keys
from pilotage.web.records.models import Identity, Message, Participant, PersonalLink, Screening, Study
from pilotage.web.records.queries.days import day_of
from pilotage.web.records.queries.monitoring import contact_data_until
from pilotage.web.records.refused import ActionRefused


@transaction.atomic
def remove_contact_data(by: audit.By, study: Study, now: datetime | None = None) -> int:
    """Remove all names and addresses once their time is over; returns how many people's.

    Of those who never came in, nothing remains but a code, an arm, the steps with their days, and the reasons that
    are counted: their keys are destroyed, so that what the log holds about them is unreadable for good. What the log
    holds about those who took part stays sealed with their keys, for it is the history of the data; and the name
    under a consent stays with it, for a study has to be able to prove what it was allowed.
    """
    Study.objects.select_for_update().get(pk=study.pk)
    until = contact_data_until(study)
    if until is None:
        raise ActionRefused(
            _(
                "Contact details cannot be removed yet. The protocol sets no period for them, "
                "or the end of the study is not known."
            )
        )
    if day_of(study, now) <= until:
        raise ActionRefused(
            _("Contact details are kept until %(day)s. They can be removed after that.") % {"day": until.isoformat()}
        )
    removed = Identity.objects.filter(participant__study=study)
    count = removed.count()
    removed.delete()
    PersonalLink.objects.filter(participant__study=study).delete()
    outside = Participant.objects.filter(study=study, consents=None, place=None)
    _forget(outside)
    Study.objects.filter(pk=study.pk).update(contact_data_removed_at=now or timezone.now())
    audit.record(
        by, AuditAction.CONTACT_DATA_REMOVED, study, study=study, after={"people": count, "never in": outside.count()}
    )
    return count


def _forget(people: models.QuerySet[Participant]) -> None:
    Screening.objects.filter(participant__in=people).delete()
    Message.objects.filter(participant__in=people).delete()
    for person in people:
        keys.destroy_key(person)
