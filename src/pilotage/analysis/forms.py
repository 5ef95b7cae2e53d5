"""Items of the study's own forms described, each with its own denominator; and coded comments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pilotage.analysis.analysis_input import AnalysisInput
from pilotage.analysis.describe import summarise
from pilotage.analysis.results import CodedComments, Described
from pilotage.data.answers import derived, first_assessment_with, item_values
from pilotage.protocol.assessment import Assessment
from pilotage.protocol.form_items import FormItem
from pilotage.protocol.forms import Form
from pilotage.protocol.words import say


def values_of(study: AnalysisInput, name: str, assessment: str | None = None) -> dict[str, float | str]:
    """Return the values of a form item or a derived variable, by participant; blanks left out.

    Where a form is answered several times within an assessment, a number is the person's mean, and a choice the
    person's last answer.
    """
    variable = next((d for d in study.protocol.derived if d.id == name), None)
    form, _, item = (variable.sum[0] if variable else name).partition(".")
    where = assessment or first_assessment_with(study.protocol, form)
    if where is None:
        return {}
    if variable is not None:
        rows = derived(study.data, study.protocol, name, where)
    else:
        rows = item_values(study.data, study.protocol.form(form), item, where)
    answers: dict[str, list[float | str]] = {}
    for person, value in rows.select("participant", "value").iter_rows():
        if value is not None:
            answers.setdefault(person, []).append(value if isinstance(value, int | float) else str(value))
    return {person: _one(values) for person, values in answers.items()}


def _one(values: list[float | str]) -> float | str:
    numbers = [float(v) for v in values if not isinstance(v, str)]
    return sum(numbers) / len(numbers) if len(numbers) == len(values) else values[-1]


def describe(study: AnalysisInput, name: str, group: str, people: Sequence[str]) -> Described:
    """Return one item, or derived variable, described among some people."""
    wanted = set(people)
    values = {p: v for p, v in values_of(study, name).items() if p in wanted}
    base = len(wanted)
    variable = next((d for d in study.protocol.derived if d.id == name), None)
    if variable is not None:
        numbers = [float(v) for v in values.values()]
        summary = summarise(numbers, base)
        return Described(name, variable.label, group, len(numbers), base - len(numbers), summary, {}, variable.unit)
    return _item(study.protocol.item(name), name, group, list(values.values()), base)


def _item(item: FormItem, name: str, group: str, values: list[float | str], base: int) -> Described:
    label = say(item.ask)
    missing = base - len(values)
    if item.numeric:
        numbers = [float(v) for v in values]
        return Described(name, label, group, len(numbers), missing, summarise(numbers, base), {}, item.measured_in)
    counts: dict[str, int | None] = {}
    if item.option_codes:
        chosen = Counter(code for v in values for code in str(v).split())
        counts = {words: chosen[code] for code, words in item.labels().items()}
    return Described(name, label, group, len(values), missing, None, counts)


def describe_forms(study: AnalysisInput) -> tuple[Described, ...]:
    """Return every countable item of every form that is not baseline description, among those who returned the form."""
    skipped = {name.partition(".")[0] for name in study.protocol.analysis.baseline.items}
    described: list[Described] = []
    for assessment in study.protocol.assessments:
        for form in (study.protocol.form(f) for f in assessment.forms if f not in skipped):
            if first_assessment_with(study.protocol, form.id) == assessment.id:
                described += _form(study, form, assessment)
    return tuple(described)


def _form(study: AnalysisInput, form: Form, assessment: Assessment) -> list[Described]:
    returned = returned_form(study, form.id, assessment.id)
    if not returned:
        return []
    names = [f"{form.id}.{item.id}" for item in form.items if not item.own_words]
    names += [d.id for d in study.protocol.derived if d.sum[0].partition(".")[0] == form.id]
    return [describe(study, name, assessment.id, returned) for name in names]


def returned_form(study: AnalysisInput, form: str, assessment: str) -> tuple[str, ...]:
    """Return who returned a form at an assessment."""
    rows = study.data.administrations
    rows = rows.filter((rows["instrument"] == form) & (rows["assessment"] == assessment))
    return tuple(rows["participant"].unique().sort().to_list())


def coded_comments(study: AnalysisInput) -> tuple[CodedComments, ...]:
    """Return how often readers gave each code, by item; comments themselves never leave this step."""
    coded = []
    for form in study.protocol.forms:
        for item in form.items:
            if item.own_words:
                coded.append(_comments(study, form, item))
    return tuple(c for c in coded if c.forms)


def _comments(study: AnalysisInput, form: Form, item: FormItem) -> CodedComments:
    rows = study.data.comments
    rows = rows.filter((rows["instrument"] == form.id) & (rows["item"] == item.id))
    codes = Counter(code for text in rows["codes"].to_list() for code in (text or "").split())
    labels = item.reader_codes()
    forms = study.data.administrations.filter(study.data.administrations["instrument"] == form.id)
    by_code: dict[str, int | None] = {labels.get(code, code): n for code, n in codes.most_common()}
    return CodedComments(f"{form.id}.{item.id}", say(item.ask), forms.height, rows.height, by_code)
