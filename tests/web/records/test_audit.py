"""What the log promises."""

import pytest
from django.db import IntegrityError, connection, transaction

from pilotage.web.records import actions, audit, keys
from pilotage.web.records.models import Event
from tests.web.cast import Cast, consented, someone


def test_the_log_of_a_new_study_holds(cast: Cast) -> None:
    assert list(audit.broken()) == []
    assert audit.head()[0] == Event.objects.count() > 5


@pytest.mark.parametrize("statement", ["UPDATE records_event SET what = 'x'", "DELETE FROM records_event"])
def test_the_database_refuses_to_change_the_log(cast: Cast, statement: str) -> None:
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_an_allocation_never_changes(cast: Cast) -> None:
    person = consented(cast)
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        type(person.allocation).objects.filter(pk=person.allocation.pk).update(arm="control")


def test_erasing_a_person_leaves_the_chain_whole_and_their_details_unreadable(cast: Cast) -> None:
    person = someone(cast)
    actions.make_link(audit.SERVER, person)
    event = Event.objects.get(person=person.pk)
    assert audit.detail(event) == {"before": None, "after": {"purpose": "participant"}, "reason": ""}
    keys.destroy_key(person)
    assert audit.detail(event) is None
    assert list(audit.broken()) == []
