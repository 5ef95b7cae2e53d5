"""python -m tests.web.mail.site FOLDER N: a small study on a server of its own, open now, with N people to write to."""

from __future__ import annotations

import os
import shutil
import sys
from datetime import timedelta
from pathlib import Path


def build(folder: Path, people: int) -> None:
    """The study `calm`, with its first session in 17 days, and no hours that are quiet, for tests run at any hour."""
    os.environ |= {"PILOTAGE_FOLDER": str(folder), "DJANGO_SETTINGS_MODULE": "pilotage.web.settings"}
    import django

    django.setup()
    from django.utils import timezone

    from pilotage.web import start
    from pilotage.web.records.models import Consent, Session
    from tests.web import cast as the_cast

    start.prepare_records()
    loud = folder / "loud"
    shutil.copytree(the_cast.CALM, loud)
    said = (loud / "protocol.yaml").read_text(encoding="utf-8")
    (loud / "protocol.yaml").write_text(said.replace('quiet_from: "21:00"', 'quiet_from: "08:00"'), encoding="utf-8")
    the_cast.CALM = loud
    cast = the_cast.calm()
    shutil.rmtree(loud)
    for session in Session.objects.all():
        start = timezone.now() + timedelta(days=10 + 7 * session.number)
        Session.objects.filter(pk=session.pk).update(planned_start=start)
    for number in range(1, people + 1):
        the_cast.consented(cast, f"P{number:02}")
    Consent.objects.update(mode="paper", paper_held_by="the coordinator")  # of which no copy is mailed


if __name__ == "__main__":
    build(Path(sys.argv[1]), int(sys.argv[2]))
