"""How harm is asked for, how soon somebody answers, who is told, and what alerts there are."""

from __future__ import annotations

from collections.abc import Iterator

from pilotage.formatting import listed, sentence
from pilotage.protocol.load import LoadedProtocol
from pilotage.protocol.safety import Safety
from pilotage.protocol.words import say
from pilotage.report.model.builders import table, text
from pilotage.report.model.document import Block, Bullets, Paragraph, Section
from pilotage.report.model.protocol_labels import duration, known

_ASCERTAINMENT = {
    "systematic": "Everyone is asked.",
    "spontaneous": "Spontaneous reports are recorded; nobody is asked.",
    "both": "People are asked, and spontaneous reports are recorded too.",
}


def safety(loaded: LoadedProtocol) -> Section:
    """Return the section on how adverse events are asked for, and what happens then."""
    plan = loaded.protocol.safety
    if plan is None:
        return Section(
            "safety", "Safety", (Paragraph("The protocol does not say how adverse events are asked for.", "warning"),)
        )
    language = loaded.protocol.report.language
    blocks: list[Block] = [Paragraph(f"{sentence(plan.how_asked)} {_ASCERTAINMENT[plan.ascertainment]}")]
    if plan.form:
        title = say(loaded.protocol.form(plan.form).title, language)
        blocks.append(Paragraph(f"The form is '{title}'; its questions are in the section on forms."))
    blocks.append(Bullets((*_who_answers(plan), *_judged(plan, language))))
    if plan.escalation:
        blocks += [Paragraph("What happens then:"), Bullets(tuple(map(sentence, plan.escalation)))]
    return Section("safety", "Safety", (*blocks, *_alerts(plan)))


def _who_answers(plan: Safety) -> Iterator[str]:
    yield sentence(f"Safety contact: {known(plan.contact)}")
    if plan.answered_within:
        yield f"People who report an adverse event get an answer within {duration(plan.answered_within)}."
    if plan.deputy and plan.deputy_after:
        yield f"A report not opened within {duration(plan.deputy_after)} goes to a deputy: {known(plan.deputy)}."
    if plan.independent:
        yield sentence(f"Independent contact, outside the course and the study: {known(plan.independent)}")
    who = listed([name.replace("safety-contact", "safety contact") for name in plan.may_know])
    people = who.replace("independent", "independent contact")
    yield f"People who report an adverse event choose who may know of it: {people}."


def _judged(plan: Safety, language: str) -> Iterator[str]:
    if plan.at_once:
        yield sentence(f"Participants are told when to seek help at once: {say(plan.at_once, language)}")
    if plan.serious_means:
        yield sentence(f"Serious means: {say(plan.serious_means, language)}")
    if plan.kinds:
        yield f"Kinds of event: {listed([say(kind.label, language) for kind in plan.kinds])}."


def _alerts(plan: Safety) -> list[Block]:
    if not plan.alerts:
        return []
    columns = (text("of", "Answer or score"), text("limit", "Limit"), text("tells", "Who is told"), text("why", "Why"))
    rows = [(a.of, str(a.limit), a.tells.replace("-", " "), sentence(a.why)) for a in plan.alerts]
    note = "The people told learn of the alert; they do not see the answer."
    return [table("alerts", "Answers and scores that raise an alert", columns, rows, [note])]
