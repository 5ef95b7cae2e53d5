"""A site with five questionnaires and a group that met for the last time yesterday: python -m tests.web.whole.site."""

from __future__ import annotations

import json
import os
import shutil
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

FIVE = "instruments: [pss-10, ffmq-39, scs-26, eq-40, proqol-5]"
# The last session was yesterday: the questionnaires after the course are open, and so is the diary.
STARTED = timedelta(days=15)


def study_of(folder: Path) -> Path:
    """The test study with five instruments, each on one page."""
    from tests.web.cast import CALM

    place = folder / "calm"
    shutil.copytree(CALM, place, dirs_exist_ok=True)
    file = place / "protocol.yaml"
    text = file.read_text().replace("instruments: [pss-10, ffmq-39]", FIVE)
    file.write_text(text.replace(", layout: paged, items_on_a_page: 1", ""))
    return place


def make(folder: Path) -> None:
    """The study, opened, with its staff, their links, and a group."""
    from django.urls import reverse

    from pilotage.protocol.load import load
    from pilotage.web import start
    from pilotage.web.records import actions, audit
    from pilotage.web.records.models import Cohort, Session
    from tests.web.cast import STAFF, a_member_of_staff

    place = study_of(folder)
    start.prepare_records()
    study = actions.register("calm", "calm", load(place))
    actions.open_for_enrolment(study, audit.SERVER)
    staff = {role: a_member_of_staff(study, role) for role in STAFF}
    begin = (datetime.now(UTC) - STARTED).replace(hour=18, minute=0, second=0, microsecond=0)
    centre = study.centres.get(key="north")
    group = {"name": "Spring group", "minimum": 4, "maximum": 6, "starts_on": begin.date()}
    cohort = Cohort.objects.create(study=study, centre=centre, key="spring", **group)
    for week in range(3):
        day = begin + timedelta(weeks=week)
        Session.objects.create(cohort=cohort, number=week + 1, planned_start=day, planned_minutes=60)
    cohort.teachers.create(user=staff["teacher"])
    links = {}
    for role, user in staff.items():
        token = actions.make_sign_in_link(audit.SERVER, user, purpose="demonstration")
        links[role] = reverse("sign-in-link", args=[token])
    (folder / "links.json").write_text(json.dumps(links))


def main() -> None:
    folder, port = Path(sys.argv[1]), int(sys.argv[2])
    os.environ |= {"PILOTAGE_TICK": "no", "PILOTAGE_DEMONSTRATION": "yes"}
    os.environ["PILOTAGE_ADDRESS"] = f"http://127.0.0.1:{port}"
    from pilotage.web import server, start

    start.set_up(folder)
    make(folder)
    server.serve("127.0.0.1", port)


if __name__ == "__main__":
    main()
