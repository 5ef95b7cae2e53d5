"""The programme: as its manual has it, as this study delivers it, and what lies between."""

from __future__ import annotations

from collections.abc import Iterator

from pilotage.formatting import counted, listed, sentence
from pilotage.protocol.load import LoadedProtocol
from pilotage.protocol.programme import HomePracticePlan, Programme, Shape
from pilotage.protocol.protocol import Protocol
from pilotage.protocol.words import say
from pilotage.report.model.builders import table, text
from pilotage.report.model.document import Block, Bullets, Paragraph, TableBlock, TableColumn
from pilotage.report.model.document import Section as Part
from pilotage.report.model.protocol_labels import briefly, duration, known, language_name
from pilotage.report.model.values import Quantity
from pilotage.report.tables.programme import adaptations, average_session, curriculum

_MINUTES_ARE = {"ours": "proposed by Pilotage", "the site's": "set by the site"}


def programme(loaded: LoadedProtocol) -> Part | None:
    """Return the section on the programme; None where the study has none."""
    protocol, plan = loaded.protocol, loaded.protocol.programme
    if plan is None:
        return None
    inner = [
        Part("programme-shape", "In the manual and as delivered", (_shapes(plan), *_differences(plan))),
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
    facts = [f"Manual: {manual.title} ({manual.authors}, {manual.year}), used in {language_name(manual.language)}"]
    facts += [f"adaptations: {listed(manual.adaptations)}"] if manual.adaptations else []
    facts += [f"licence: {known(manual.licence)}"] if manual.licence else []
    return sentence("; ".join(facts))


def _shapes(plan: Programme) -> TableBlock:
    columns = (text("what", ""), text("canonical", "In the manual"), text("delivered", "As delivered"))
    canonical, delivered = dict(_shape(plan.canonical)), dict(_shape(plan.delivered))
    rows = [(name, canonical[name], delivered[name]) for name in canonical if canonical[name] or delivered[name]]
    return table("shape", "The programme in its manual and as delivered", columns, rows)


def _shape(shape: Shape) -> Iterator[tuple[str, str]]:
    day = shape.practice_day
    whose = "" if shape.minutes_are == "published" else f" ({_MINUTES_ARE[shape.minutes_are]})"
    yield "Sessions", str(shape.sessions)
    yield "Minutes a session", briefly(shape.minutes) + whose
    yield "Every", duration(shape.every)
    yield "Practice day", f"{day.minutes} minutes, after session {day.after}" if day else "none"
    yield "Booster", known(shape.booster)


def _differences(plan: Programme) -> list[Block]:
    if not plan.difference:
        return [Paragraph("The programme is delivered as in its manual.")]
    return [adaptations(plan, "differences")]


def _terms(protocol: Protocol) -> list[Block]:
    if not protocol.terms:
        return []
    columns = (text("term", "Term"), text("versions", "By version of the manual, or language"),
               text("buddhist", "Buddhist term"), text("note", "Note"))  # fmt: skip
    rows = [
        (t.id.replace("-", " "), "; ".join(f"{v}: {briefly(w)}" for v, w in t.by_version.items()),
         "yes" if t.tied_to_buddhism else "", say(t.note))
        for t in protocol.terms
    ]  # fmt: skip
    return [table("terms", "Terms that differ by version or language", columns, rows)]


def _rounds(plan: Programme) -> list[Block]:
    if not plan.rounds:
        return []
    columns = (text("form", "Form"), TableColumn("round", "Round"), text("who", "Who"), text("does", "What they do"))
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
    sentences = [
        f"People practise in {together}, and are allocated to new ones {often} a session.",
        f"If the number present is odd, the remaining person joins, or is joined by: {pairing.odd}.",
        f"A teacher may join a pair: {known(pairing.teacher_may_join)}.",
    ]
    if pairing.small_groups_from_session is not None:
        sentences.append(f"Small groups from session: {known(pairing.small_groups_from_session)}.")
    return [Bullets(tuple(sentences))]


def _home(practice: HomePracticePlan) -> tuple[Block, ...]:
    prescribed, week = practice.prescribed, practice.prescribed.minutes_a_week
    words = (
        f"Prescribed: {prescribed.minutes_a_day[0]} to {prescribed.minutes_a_day[1]} minutes a day on "
        f"{counted(prescribed.days_a_week, 'day')} a week, {week[0]} to {week[1]} minutes a week. "
        f"Diary: {practice.diary}."
    )
    kinds = tuple(
        f"{k.label}{f' ({listed(k.examples)})' if k.examples else ''}"
        + (f"; the diary asks {listed(k.asks)}" if practice.diary != "none" else "")
        for k in practice.kinds
    )
    if practice.diary != "none":
        words += f" People can add and change an entry for {duration(practice.editable_for)} after its day."
    return Paragraph(words), Bullets(kinds)


def _materials(plan: Programme) -> TableBlock:
    columns = (text("title", "Material"), text("kind", "Kind"), text("language", "Language"), text("source", "Source"),
               text("licence", "Licence"), text("released", "Released"))  # fmt: skip
    rows = [(f"{m.title}{f'; {m.adaptation}' if m.adaptation else ''}", m.kind, language_name(m.language), m.source,
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
    allowed = f"at most {counted(plan.tolerance, 'minute')} shorter than" if plan.tolerance else "at least as long as"
    yield f"A session counts as held in full if it is {allowed} planned."
    yield f"Completion: at least {counted(plan.completion, 'session')} attended.{why}"
