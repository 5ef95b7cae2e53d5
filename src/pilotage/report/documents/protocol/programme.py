"""The programme: as its manual has it, as this study delivers it, and what lies between."""

from __future__ import annotations

from collections.abc import Iterator

from pilotage.formatting import counted, listed
from pilotage.protocol.load import LoadedProtocol
from pilotage.protocol.programme import HomePracticePlan, Programme, Shape
from pilotage.protocol.protocol import Protocol
from pilotage.protocol.words import say
from pilotage.report.model.builders import table, text
from pilotage.report.model.document import Block, Bullets, Paragraph, TableBlock, TableColumn
from pilotage.report.model.document import Section as Part
from pilotage.report.model.protocol_labels import briefly, duration, known, sentence
from pilotage.report.model.values import Quantity
from pilotage.report.tables.programme import adaptations, average_session, curriculum


def programme(loaded: LoadedProtocol) -> Part | None:
    """The programme, whole; None where the study has none."""
    protocol, plan = loaded.protocol, loaded.protocol.programme
    if plan is None:
        return None
    inner = [
        Part("programme-shape", "Canonical and delivered", (_shapes(plan), *_differences(plan))),
        Part("programme-sessions", "Sessions", (curriculum(protocol, plan, "sessions"), *_terms(protocol))),
    ]
    if plan.blocks:
        inner.append(
            Part("programme-average", "An average session", (average_session(plan, "average-session"), *_rounds(plan)))
        )
    if plan.home_practice:
        inner.append(Part("programme-home", "Home practice", _home(plan.home_practice)))
    if plan.materials:
        inner.append(Part("programme-materials", "Materials", (_materials(plan),)))
    inner.append(Part("programme-teachers", "Groups and teachers", (Bullets(tuple(_taught(plan))),)))
    blocks = [Paragraph(words) for words in (say(plan.describe), _manual(plan)) if words]
    return Part("programme", f"The programme: {plan.name}", tuple(blocks), tuple(inner), new_page=True)


def _manual(plan: Programme) -> str:
    manual = plan.manual
    said = [f"Manual: {manual.title} ({manual.authors}, {manual.year}), used in the language '{manual.language}'"]
    said += [f"adaptations: {listed(manual.adaptations)}"] if manual.adaptations else []
    said += [f"licence: {known(manual.licence)}"] if manual.licence else []
    return sentence("; ".join(said))


def _shapes(plan: Programme) -> TableBlock:
    columns = (text("what", ""), text("canonical", "As the manual has it"), text("delivered", "As delivered here"))
    canonical, delivered = dict(_shape(plan.canonical)), dict(_shape(plan.delivered))
    rows = [(name, canonical[name], delivered[name]) for name in canonical if canonical[name] or delivered[name]]
    return table("shape", "The programme as its manual has it and as delivered", columns, rows)


def _shape(shape: Shape) -> Iterator[tuple[str, str]]:
    day = shape.practice_day
    whose = "" if shape.minutes_are == "published" else f" ({shape.minutes_are})"
    yield "Sessions", str(shape.sessions)
    yield "Minutes a session", briefly(shape.minutes) + whose
    yield "Every", duration(shape.every)
    yield "Practice day", f"{day.minutes} minutes, after session {day.after}" if day else "none"
    yield "Booster", known(shape.booster)


def _differences(plan: Programme) -> list[Block]:
    if not plan.difference:
        return [Paragraph("The programme is delivered as its manual has it.")]
    return [adaptations(plan, "differences")]


def _terms(protocol: Protocol) -> list[Block]:
    if not protocol.terms:
        return []
    columns = (text("term", "Term"), text("versions", "In versions of the manual or languages"),
               text("buddhist", "Tied to Buddhism"), text("note", "Note"))  # fmt: skip
    rows = [
        (t.id.replace("-", " "), "; ".join(f"{v}: {briefly(w)}" for v, w in t.by_version.items()),
         "yes" if t.tied_to_buddhism else "", say(t.note))
        for t in protocol.terms
    ]  # fmt: skip
    return [table("terms", "Words that differ by version or language", columns, rows)]


def _rounds(plan: Programme) -> list[Block]:
    if not plan.rounds:
        return []
    columns = (text("form", "Form"), TableColumn("round", "Round"), text("who", "Who"), text("does", "Does what"))
    rows = [
        (name if n == 1 else "", Quantity(n, "count"), turn.who, turn.does)
        for name, turns in plan.rounds.items()
        for n, turn in enumerate(turns, 1)
    ]
    return [table("rounds", "Rounds of the practice in pairs and small groups", columns, rows), *_pairing(plan)]


def _pairing(plan: Programme) -> list[Block]:
    pairing = plan.pairing
    if pairing is None:
        return []
    often = "once" if pairing.pairings_a_session == 1 else f"{pairing.pairings_a_session} times"
    together = "pairs" if pairing.size == 2 else f"groups of {pairing.size}"
    said = [
        f"People practise in {together}, divided anew {often} a session.",
        f"When the number present is odd, the one left over joins or is joined by: {pairing.odd}.",
        f"A teacher may join a pair: {known(pairing.teacher_may_join)}.",
    ]
    if pairing.small_groups_from_session is not None:
        said.append(f"Small groups from session: {known(pairing.small_groups_from_session)}.")
    return [Bullets(tuple(said))]


def _home(practice: HomePracticePlan) -> tuple[Block, ...]:
    asked, week = practice.asked, practice.asked.minutes_a_week
    words = (
        f"Asked for: {asked.minutes_a_day[0]} to {asked.minutes_a_day[1]} minutes a day on "
        f"{counted(asked.days_a_week, 'day')} a week, {week[0]} to {week[1]} minutes a week. Diary: {practice.diary}."
    )
    kinds = tuple(
        f"{k.label}{f' ({listed(k.examples)})' if k.examples else ''}"
        + (f"; the diary asks {listed(k.asks)}" if practice.diary != "none" else "")
        for k in practice.kinds
    )
    if practice.diary != "none":
        words += f" An entry can be made and changed for {duration(practice.editable_for)} after its day."
    return Paragraph(words), Bullets(kinds)


def _materials(plan: Programme) -> TableBlock:
    columns = (text("title", "Material"), text("kind", "Kind"), text("language", "Language"), text("source", "Source"),
               text("licence", "Licence"), text("released", "Given"))  # fmt: skip
    rows = [(f"{m.title}{f'; {m.adaptation}' if m.adaptation else ''}", m.kind, m.language, m.source,
             briefly(m.licence), m.released if isinstance(m.released, str) else f"session {m.released}")
            for m in plan.materials]  # fmt: skip
    return table("materials", "Materials for participants", columns, rows)


def _taught(plan: Programme) -> Iterator[str]:
    teachers = plan.teachers
    yield f"Groups of {plan.group.minimum} to {plan.group.maximum} participants."
    yield sentence(f"{counted(teachers.number, 'teacher')}, {teachers.qualification}")
    if teachers.experience:
        yield sentence(f"Experience: {known(teachers.experience)}")
    yield from (sentence(f"Disclosed: {words}") for words in teachers.discloses)
    why = f" {sentence(plan.completion_why)}" if plan.completion_why else ""
    yield f"Completed means: attended at least {counted(plan.completion, 'session')}.{why}"
