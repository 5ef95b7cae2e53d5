"""The study's own forms, question by question."""

from __future__ import annotations

from collections.abc import Iterator

from pilotage.formatting import sentence
from pilotage.protocol.form_items import FormItem
from pilotage.protocol.forms import Derived, Form
from pilotage.protocol.load import LoadedProtocol
from pilotage.protocol.words import say
from pilotage.report.model.builders import table, text
from pilotage.report.model.document import Bullets, Section, TableBlock


def forms(loaded: LoadedProtocol) -> Section | None:
    """Return the section with every form's questions; None where there are none."""
    protocol, language = loaded.protocol, loaded.protocol.report.language
    if not protocol.forms:
        return None
    derived = (Bullets(tuple(map(_derived, protocol.derived))),) if protocol.derived else ()
    tables = tuple(_form(form, language) for form in protocol.forms)
    return Section("forms", "The study's own forms", (*tables, *derived))


def _form(form: Form, language: str) -> TableBlock:
    columns = (text("question", "Question"), text("answer", "Answer"), text("note", "Note"))
    rows = [(say(i.ask, language), i.describe(language), "; ".join(_notes(i))) for i in form.items]
    return table(f"form-{form.id}", say(form.title, language), columns, rows)


def _notes(item: FormItem) -> Iterator[str]:
    if item.required:
        yield "required"
    if item.show_if:
        yield f"asked if {item.show_if.item.replace('-', ' ')} {item.show_if.relation} {item.show_if.value}"
    if item.may_identify:
        yield "may identify: stored separately"
    if item.note:
        yield item.note


def _derived(derived: Derived) -> str:
    low_high = f", from {derived.range[0]:g} to {derived.range[1]:g}" if derived.range else ""
    unit = f", {derived.unit}" if derived.unit else ""
    return sentence(f"{derived.label}: the sum of {' and '.join(derived.sum)}{unit}{low_high}. {derived.note}".strip())
