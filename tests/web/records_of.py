"""The records of a folder, looked at from outside once the server is gone."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.shared import ROOT
from tests.web.visitor import environment

_LOOK = """
import json, sys
from pathlib import Path
from pilotage.web import start
start.set_up(Path(sys.argv[1]))
from django.db.models import Count
from pilotage.web.records import audit
from pilotage.web.records.models import Answer, Event
rows = Answer.objects.values_list("administration__participant__code", "item", "sequence")
doubled = Answer.objects.values("administration__participant", "item").annotate(n=Count("pk")).filter(n__gt=1).count()
changes = 0
for event in Event.objects.filter(what="answers saved"):
    changes += len((audit.detail(event) or {"after": {}})["after"])
print(json.dumps({"rows": list(rows), "doubled": doubled, "logged": changes, "broken": len(list(audit.broken()))}))
"""


@dataclass(frozen=True)
class Records:
    """What is in the database."""

    rows: dict[tuple[str, str], int]
    said: dict[str, Any]

    def sequence(self, code: str, item: int) -> int | None:
        return self.rows.get((code, str(item)))

    def doubled(self) -> int:
        return int(self.said["doubled"])

    def changes(self) -> int:
        """How many times an answer was written: each of a browser's counts changes one item to another value."""
        last: dict[str, int] = {}
        for (code, _), sequence in self.rows.items():
            last[code] = max(last.get(code, 0), sequence)
        return sum(last.values())

    def changes_in_the_log(self) -> int:
        return int(self.said["logged"])

    def log_is_whole(self) -> bool:
        return self.said["broken"] == 0


def records_of(folder: Path) -> Records:
    """Read in a process of its own, for the server's settings belong to one folder."""
    command = [sys.executable, "-c", _LOOK, str(folder)]
    answer = subprocess.run(command, cwd=ROOT, env=environment(folder), capture_output=True, text=True, check=True)
    said = json.loads(answer.stdout)
    return Records({(code, item): sequence for code, item, sequence in said["rows"]}, said)
