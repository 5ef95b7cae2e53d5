"""The cast as a living site: python -m tests.web.living FOLDER PORT PEOPLE; used by tests that need a real server."""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path


def make(folder: Path, people: int) -> None:
    """The study, so many people with an open questionnaire, and their links in a file."""

    from pilotage.web import start
    from pilotage.web.records import actions, audit
    from tests.web import cast as the_cast

    start.prepare_records()
    cast = the_cast.calm()
    first = datetime.now(UTC) + timedelta(days=10)
    for week, session in enumerate(cast.cohort.sessions.order_by("number")):
        session.planned_start = first + timedelta(weeks=week)
        session.save()
    tokens = [
        actions.make_link(audit.SERVER, the_cast.consented(cast, f"P{number:03}")) for number in range(1, people + 1)
    ]
    (folder / "tokens.json").write_text(json.dumps(tokens))


def main() -> None:
    folder, port, people = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    os.environ["PILOTAGE_TICK"] = "no"
    from pilotage.web import server, start

    start.set_up(folder)
    if not (folder / "tokens.json").exists():
        make(folder, people)
    server.serve("127.0.0.1", port)


if __name__ == "__main__":
    main()
