"""Who met whom in pairs: the contact matrix, and how well people were mixed beside dividing by lot."""

from __future__ import annotations

from collections.abc import Callable

from pilotage.analysis.delivery_results import Contacts
from pilotage.formatting import counted
from pilotage.report.model.builders import group, numbers, table, text
from pilotage.report.model.document import (
    Block,
    GridCell,
    GridFigure,
    GridPanel,
    Paragraph,
    Section,
    TableBlock,
    TableRow,
    Tone,
)
from pilotage.report.model.values import Cell, Quantity
from pilotage.report.model.wording import number
from pilotage.report.sections.context import Context

_TONES: tuple[Tone, ...] = ("none", "middle", "full", "amber")
ITSELF = GridCell("", "light", "")


def contacts(context: Context) -> Section | None:
    """Return the section on who practised with whom; None where pairs were not noted."""
    groups = context.results.contacts
    if not groups:
        return None
    blocks: list[Block] = [Paragraph(contacts_sentence(group_contacts)) for group_contacts in groups]
    if not context.shared and all(group_contacts.who for group_contacts in groups):
        blocks.append(_matrix(groups))
    blocks += [_meetings(groups), _quality(groups)]
    return Section("contacts", "Who practised with whom", tuple(blocks))


def contacts_sentence(contacts: Contacts) -> str:
    """Say how many repeats there were, how many nobody could avoid, and what dividing by lot would have given."""
    repeats = (
        "nobody met the same person twice"
        if not contacts.repeats
        else f"two people met again {counted(contacts.repeats, 'time')}{_unavoidable(contacts)}"
    )
    return (
        f"{contacts.cohort}: over {counted(contacts.pairings, 'pairing')} of "
        f"{counted(contacts.size, 'person', 'people')} {repeats}. "
        f"Had the same people been divided by lot each time, there would have been "
        f"{number(contacts.mean_repeats_by_lot, 'grade')} repeats on average, and {_more(contacts)}."
    )


def _unavoidable(contacts: Contacts) -> str:
    if not contacts.repeats_bound:
        return ", none of them forced by who came"
    return f", {contacts.repeats_bound} of them forced by who came"


def _more(contacts: Contacts) -> str:
    share = contacts.more_by_lot
    courses = counted(contacts.courses_by_lot, "course")
    return f"more than here in {round(share * contacts.courses_by_lot)} of {courses} by lot"


def _matrix(groups: tuple[Contacts, ...]) -> GridFigure:
    most = max((n for contacts in groups for n in contacts.pairs_by_meetings), default=0)
    key = tuple((_met(n), f"met {counted(n, 'time')}" if n else "never met") for n in range(most + 1))
    return GridFigure(
        "contact-matrix",
        "Who met whom in pairs and triads, and how often",
        alt=" ".join(contacts_sentence(contacts) for contacts in groups),
        across="",
        down="Person",
        panels=tuple(_panel(contacts) for contacts in groups),
        key=key,
        notes=("Two people of a triad have met as those of a pair have. Columns stand in the order of the rows.",),
        place="supplement",
    )


def _panel(contacts: Contacts) -> GridPanel:
    met = {frozenset((a, b)): n for a, b, n in contacts.met}
    # Longer codes would not fit above the columns: those are numbered, as their rows are.
    short = all(len(code) <= 4 for code in contacts.who)
    columns = contacts.who if short else tuple(str(n) for n in range(1, contacts.size + 1))
    rows = tuple(
        (code if short else f"{n} {code}", tuple(_cell(met, code, other) for other in contacts.who))
        for n, code in enumerate(contacts.who, 1)
    )
    return GridPanel(contacts.cohort, columns, rows)


def _cell(met: dict[frozenset[str], int], person: str, other: str) -> GridCell:
    return ITSELF if person == other else _met(met.get(frozenset((person, other)), 0))


def _met(times: int) -> GridCell:
    return GridCell(str(times) if times else "·", _TONES[min(times, len(_TONES) - 1)], Quantity(times, "count"))


def _meetings(groups: tuple[Contacts, ...]) -> TableBlock:
    most = max((n for contacts in groups for n in contacts.pairs_by_meetings), default=0)
    columns = (text("cohort", "Group"), numbers("people", "People"),
               *(numbers(f"met_{n}", f"Met {n}×" if n else "Never met") for n in range(most + 1)))  # fmt: skip
    rows: list[list[Cell]] = []
    for contacts in groups:
        times = (Quantity(contacts.pairs_by_meetings.get(n, 0), "count") for n in range(most + 1))
        rows.append([contacts.cohort, Quantity(contacts.size, "count"), *times])
    title = "Pairs of people by how often they met"
    return table("meetings", title, columns, rows, place="supplement")


Measure = Callable[[Contacts], Cell]
_REPEATS: tuple[tuple[str, Measure], ...] = (
    ("Pairings", lambda contacts: Quantity(contacts.pairings, "count")),
    ("Repeats", lambda contacts: Quantity(contacts.repeats, "count")),
    ("… that nobody could avoid, given who came", lambda contacts: Quantity(contacts.repeats_bound, "count")),
    ("… by lot, on average", lambda contacts: Quantity(contacts.mean_repeats_by_lot, "grade")),
    ("… by lot, fewest", lambda contacts: Quantity(contacts.fewest_repeats_by_lot, "count")),
    ("Courses by lot with more repeats", lambda contacts: Quantity(contacts.more_by_lot, "share")),
    ("Fewest pairings from one meeting to the next", lambda contacts: Quantity(contacts.shortest_gap, "count")),
)
_COVERAGE: tuple[tuple[str, Measure], ...] = (
    ("Pairs met, of those ever there together", lambda contacts: Quantity(contacts.coverage, "share")),
    ("Pairs met, of all pairs", lambda contacts: Quantity(contacts.coverage_of_all, "share")),
    ("Partners met, mean", lambda contacts: Quantity(contacts.partners.mean, "grade")),
)
_FAIRNESS: tuple[tuple[str, Measure], ...] = (
    ("Triads and other duties: most less fewest", lambda contacts: Quantity(contacts.duty_spread, "count")),
    ("Spoke first: most less fewest", lambda contacts: Quantity(contacts.first_speaker_spread, "count")),
    ("Met again, and the same one spoke first", lambda contacts: Quantity(contacts.not_alternating, "count")),
    ("Divisions that a teacher changed", lambda contacts: Quantity(contacts.overrides, "count")),
)


def _quality(groups: tuple[Contacts, ...]) -> TableBlock:
    columns = (
        text("measure", "Measure"),
        *(numbers(f"group_{n}", contacts.cohort) for n, contacts in enumerate(groups, 1)),
    )
    rows: list[TableRow] = []
    for title, measures in (("Repeats", _REPEATS), ("Coverage", _COVERAGE), ("Fairness", _FAIRNESS)):
        rows.append(group(title))
        rows += [TableRow((label, *(measure(contacts) for contacts in groups))) for label, measure in measures]
    notes = (
        "By lot: the same people on the same days, divided at random each time; seeded.",
        "Whether wishes to be kept apart were kept is for the coordinator alone, and is not in these data.",
    )
    return table(
        "pairing-quality",
        "How well people were mixed, beside dividing by lot",
        columns,
        rows,
        notes,
        place="supplement",
    )
