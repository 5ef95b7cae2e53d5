"""The descriptor of a data folder, ``datapackage.json``, as Frictionless Data specifies it (versions 1 and 2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pilotage.data import codebook
from pilotage.data.study_data import StudyData
from pilotage.data.tables import BY_NAME, Column, Table
from pilotage.protocol.load import LoadedProtocol

# A person may consent and never be allocated, so `flow` is not bound to the participants.
OF_PARTICIPANTS = ("attendance", "pairings", "home_practice", "administrations", "adverse_events")
OF_ADMINISTRATIONS = ("responses", "comments")


def descriptor(data: StudyData, study: LoadedProtocol | None = None) -> dict[str, Any]:
    """Return the descriptor of study data: what the tables hold, and whether a rehearsal made them."""
    title = study.protocol.study.title if study else "Data of a study"
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "profile": "tabular-data-package",
        "name": study.protocol.study.id if study else "study-data",
        "title": f"SIMULATED: {title}" if data.simulated else title,
        "description": _description(data),
        "pilotage": _made_by(data, study),
        "resources": [*(_resource(table, data.collected) for table, _ in data.tables()), _codebook()],
    }


def _description(data: StudyData) -> str:
    known = "People are known by a code. Tables that are not here were not collected. See codebook.csv."
    if data.simulated is None:
        return known
    return f"SIMULATED data, made by a rehearsal; nobody answered. {known}"


def _made_by(data: StudyData, study: LoadedProtocol | None) -> dict[str, Any]:
    simulated = data.simulated
    return {
        "fingerprint": data.fingerprint,
        "simulated": simulated and {"seed": simulated.seed, "scenario": simulated.scenario},
        "protocol": study and {"version": study.protocol.version, "fingerprint": study.fingerprint},
    }


def _resource(table: Table, collected: Iterable[str]) -> dict[str, Any]:
    keys = [key for key in _foreign_keys(table) if key["reference"]["resource"] in collected]
    schema = {"fields": [_field(column) for column in table.columns], "primaryKey": list(table.key)}
    schema |= {"foreignKeys": keys} if keys else {}
    return _file(table.name, f"One row for each {table.row}.", schema)


def _file(name: str, description: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": name,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "type": "table",
        "description": description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {**schema, "missingValues": [""]},
    }


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    constraints |= {"enum": list(column.values)} if column.values else {}
    field = {"name": column.name, "type": column.type, "description": column.means}
    return field | ({"constraints": constraints} if constraints else {})


def _foreign_keys(table: Table) -> list[dict[str, Any]]:
    if table.name in OF_PARTICIPANTS:
        return [_foreign_key("participants", BY_NAME["participants"].key)]
    if table.name in OF_ADMINISTRATIONS:
        return [_foreign_key("administrations", BY_NAME["administrations"].key)]
    return []


def _foreign_key(table: str, columns: Iterable[str]) -> dict[str, Any]:
    return {"fields": list(columns), "reference": {"resource": table, "fields": list(columns)}}


def _codebook() -> dict[str, Any]:
    fields = [{"name": name, "type": "string", "description": means} for name, means in codebook.COLUMNS.items()]
    return _file("codebook", "Each column, item and question, explained.", {"fields": fields})
