"""A protocol as it was written: what the checks look at, and how they say where a mistake stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pilotage.instruments.definition import Instrument
from pilotage.problems import Kind, Problem, did_you_mean
from pilotage.protocol.form_items import FormItem
from pilotage.protocol.forms import Form
from pilotage.protocol.programme import SessionPlan
from pilotage.protocol.protocol import Protocol
from pilotage.yaml_file import Path_, YamlDocument

Problems = Iterator[Problem]


@dataclass(frozen=True)
class WrittenProtocol:
    """A protocol of sound shape, the file it stands in, and those of its instruments that could be loaded."""

    protocol: Protocol
    document: YamlDocument
    instruments: dict[str, Instrument]

    def problem(self, what: Kind, path: Path_, message: str, remedy: str = "") -> Problem:
        """Return a problem at a place of the protocol's file."""
        return self.document.problem(what, path, message, remedy)

    def unknown(self, what: Kind, path: Path_, named: str, noun: str, known: Iterable[str]) -> Problems:
        """Yield the problem that a name is none of the known ones, with the nearest; nothing when it is one."""
        names = list(known)
        if named in names:
            return
        message = f"There is no {noun} '{named}'.{did_you_mean(named, names)}"
        listed = f"Known here: {', '.join(names)}." if names else f"This protocol has no {noun}."
        yield self.problem(what, path, message, listed)

    @property
    def arms(self) -> list[str]:
        """The ids of the arms."""
        return [arm.id for arm in self.protocol.arms]

    @property
    def sessions(self) -> list[SessionPlan]:
        """The planned sessions; none when there is no programme."""
        return self.protocol.programme.sessions if self.protocol.programme else []

    @property
    def forms(self) -> dict[str, Form]:
        """The forms by id."""
        return {form.id: form for form in self.protocol.forms}

    @property
    def items(self) -> dict[str, FormItem]:
        """The items of all forms by their full name, ``form.item``."""
        return {f"{form.id}.{item.id}": item for form in self.protocol.forms for item in form.items}

    @property
    def scales(self) -> dict[str, str]:
        """Every scale of the loaded instruments by full name, with the direction that is better."""
        return {f"{name}.{s.id}": s.better for name, inst in self.instruments.items() for s in inst.scales}

    def arms_asked(self, form: str) -> set[str]:
        """Return the arms that are asked a form at some assessment."""
        return {arm for a in self.protocol.assessments if form in a.forms for arm in a.arms}
