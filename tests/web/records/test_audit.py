"""What the log promises."""

import ast
import gzip
import json
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from pilotage.vocabulary import AuditAction
from pilotage.web.records import actions, audit, keys
from pilotage.web.records.models import Event
from tests.web.cast import Cast, consented, someone

UPGRADE = Path(__file__).parents[1] / "upgrade"


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


def test_no_name_of_the_log_is_written_as_a_plain_string() -> None:
    """The types say so already; this holds where a checker is not run, and for the helpers named like this one."""
    web = Path(audit.__file__).parents[1]
    plain = [
        f"{file.relative_to(web)}:{call.lineno}"
        for file in web.rglob("*.py")
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and ast.unparse(call.func).endswith("record")
        if any(isinstance(word, ast.Constant | ast.JoinedStr) for word in call.args[:2])
    ]
    assert plain == []


def test_every_name_of_the_log_fits_its_column_and_none_was_changed_since_release_0_1_0() -> None:
    assert max(map(len, AuditAction)) <= Event._meta.get_field("what").max_length
    release = json.loads(gzip.decompress((UPGRADE / "0.1.0/sqlite.json.gz").read_bytes()))
    assert {what for _, what, *_ in release["log"]} <= set(AuditAction)
