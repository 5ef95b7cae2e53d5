"""What became of the analysis plan after it was locked: every later version that plans otherwise, path by path."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pilotage.web.records import protocols
from pilotage.web.records.models import PlanLock, ProtocolVersion, Study

_NAMED_BY = ("id", "scale")


@dataclass(frozen=True)
class PlanChange:
    """An amendment after the lock that changed the plan."""

    version: ProtocolVersion
    differences: tuple[str, ...]

    @property
    def summary(self) -> str:
        """The differences in one line."""
        return "; ".join(self.differences)


def plan_of(version: ProtocolVersion) -> dict[str, Any]:
    """Return the analysis plan of a version, as plain data."""
    plan: dict[str, Any] = protocols.of_version(version).protocol.analysis.model_dump(mode="json", by_alias=True)
    return plan


def plan_changes(study: Study) -> list[PlanChange]:
    """Return each version after the lock whose plan is not that of the one before; none while nothing is locked."""
    lock = PlanLock.objects.filter(study=study).select_related("version").first()
    if lock is None:
        return []
    before, rows = lock.plan, []
    for version in study.versions.filter(number__gt=lock.version.number):
        plan = plan_of(version)
        if differences := tuple(_differences(before, plan)):
            rows.append(PlanChange(version, differences))
        before = plan
    return rows


def _differences(before: Any, after: Any, path: str = "") -> Iterator[str]:
    if before == after:
        return
    row, other = _parts(before), _parts(after)
    if row is None or other is None:
        yield f"{path}: {_shown(before)} became {_shown(after)}"
        return
    for name in dict.fromkeys([*row, *other]):
        where = f"{path}.{name}".lstrip(".")
        if name not in row:
            yield f"{where}: {_shown(other[name])} was added"
        elif name not in other:
            yield f"{where}: {_shown(row[name])} was taken out"
        else:
            yield from _differences(row[name], other[name], where)


def _parts(value: Any) -> dict[str, Any] | None:
    """Return the named parts of a mapping, or of a list whose parts have names; None for anything else."""
    if isinstance(value, dict):
        return value
    if isinstance(value, list) and all(isinstance(part, dict) for part in value):
        names = [next((str(part[by]) for by in _NAMED_BY if by in part), "") for part in value]
        return dict(zip(names, value, strict=True)) if all(names) and len(set(names)) == len(names) else None
    return None


def _shown(value: Any) -> str:
    return value if isinstance(value, str) and value else json.dumps(value, ensure_ascii=False)
