"""Checks an import map against the protocol: every name it uses, with its place in the map."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from pilotage.data.import_map import ImportMap, MappedColumn
from pilotage.data.tables import BY_NAME
from pilotage.problems import Problem, did_you_mean, kind
from pilotage.protocol.form_items import FormItem
from pilotage.protocol.forms import Form
from pilotage.protocol.load import LoadedProtocol
from pilotage.protocol.protocol import Protocol
from pilotage.yaml_file import Path_, YamlDocument

NOT_IN_PROTOCOL = kind("IMPORT-002", "The map names something that the protocol does not have")
UNDECIDED = kind("IMPORT-003", "The map leaves open what a name means")

Problems = Iterator[Problem]


@dataclass(frozen=True)
class MappedQuestion:
    """A question of a form that a column of the file answers."""

    form: Form
    item: FormItem
    column: MappedColumn


def check_map(import_map: ImportMap, document: YamlDocument, study: LoadedProtocol) -> list[Problem]:
    """Return everything in the map that the protocol does not know."""
    names = _Names(document, study)
    return [problem for check in (_who, _when, _what, _also) for problem in check(import_map, names)]


def questions(import_map: ImportMap, protocol: Protocol) -> list[MappedQuestion]:
    """Return the form's question behind each name under ``also``; the map has been checked."""
    return [MappedQuestion(*_matching(name, protocol)[0], column) for name, column in import_map.also.items()]


@dataclass(frozen=True)
class _Names:
    document: YamlDocument
    study: LoadedProtocol

    def unknown(self, path: Path_, what: str, name: str, known: Collection[str]) -> Problems:
        if name not in known:
            message = f"The protocol has no {what} '{name}'.{did_you_mean(name, known)}"
            remedy = f"It has: {', '.join(known)}." if known else "It has none."
            yield self.document.problem(NOT_IN_PROTOCOL, path, message, remedy)

    def values(self, key: str, what: str, column: MappedColumn | None, known: Collection[str]) -> Problems:
        for value, name in column.values.items() if column else ():
            path = (key, "values", int(value) if value.lstrip("-").isdecimal() else value)
            yield from self.unknown(path, what, name, known)


def _who(import_map: ImportMap, names: _Names) -> Problems:
    arms = [arm.id for arm in names.study.protocol.arms]
    yield from names.values("arm", "arm", import_map.arm, arms)
    flow = [column.name for column in BY_NAME["flow"].columns if column.name != "participant"]
    for name in import_map.flow:
        if name not in flow:
            message = f"The table flow has no column '{name}'.{did_you_mean(name, flow)}"
            yield names.document.problem(NOT_IN_PROTOCOL, ("flow", name), message, f"It has: {', '.join(flow)}.")


def _when(import_map: ImportMap, names: _Names) -> Problems:
    known = [assessment.id for assessment in names.study.protocol.assessments]
    yield from names.values("occasion", "assessment", import_map.occasion, known)
    for name in import_map.occasions:
        yield from names.unknown(("occasions", name), "assessment", name, known)
    for name, column in import_map.also.items():
        if column.at is not None:
            yield from names.unknown(("also", name, "at"), "assessment", column.at, known)


def _what(import_map: ImportMap, names: _Names) -> Problems:
    known = list(names.study.instruments)
    for occasion, instruments in import_map.occasions.items():
        for name in instruments:
            yield from names.unknown(("occasions", occasion, name), "instrument", name, known)
    for name in import_map.instruments:
        yield from names.unknown(("instruments", name), "instrument", name, known)
    for name in import_map.codes:
        yield from names.unknown(("codes", name), "instrument", name, known)


def _also(import_map: ImportMap, names: _Names) -> Problems:
    protocol = names.study.protocol
    every = [f"{form.id}.{item.id}" for form in protocol.forms for item in form.items]
    for name in import_map.also:
        matches = _matching(name, protocol)
        if not matches:
            yield from names.unknown(("also", name), "form item", name, every)
        elif len(matches) > 1:
            places = " and ".join(f"{form.id}.{item.id}" for form, item in matches)
            message = f"'{name}' could be {places}."
            yield names.document.problem(UNDECIDED, ("also", name), message, "Write the form before it, with a point.")


def _matching(name: str, protocol: Protocol) -> list[tuple[Form, FormItem]]:
    """Return the questions of this full name (``form.item``), or of this id in any form."""
    return [(form, item) for form in protocol.forms for item in form.items if name in (item.id, f"{form.id}.{item.id}")]
