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
    """Contacts of each group; None where pairs were not noted."""
    found = context.results.contacts
    if not found:
        return None
    blocks: list[Block] = [Paragraph(contacts_sentence(one)) for one in found]
    if not context.shared and all(one.who for one in found):
        blocks.append(_matrix(found))
    blocks += [_meetings(found), _quality(found)]
    return Section("contacts", "Who practised with whom", tuple(blocks))


def contacts_sentence(one: Contacts) -> str:
    """How many repeats there were, how many nobody could avoid, and what dividing by lot would have given."""
    repeats = (
        "nobody met the same person twice"
        if not one.repeats
        else f"two people met again {counted(one.repeats, 'time')}{_unavoidable(one)}"
    )
    return (
        f"{one.cohort}: over {counted(one.pairings, 'pairing')} of {counted(one.size, 'person', 'people')} {repeats}. "
        f"Had the same people been divided by lot each time, there would have been "
        f"{number(one.mean_repeats_by_lot, 'grade')} repeats on average, and {_more(one)}."
    )


def _unavoidable(one: Contacts) -> str:
    if not one.repeats_bound:
        return ", none of them forced by who came"
    return f", {one.repeats_bound} of them forced by who came"


def _more(one: Contacts) -> str:
    share = one.more_by_lot
    courses = counted(one.courses_by_lot, "course")
    return f"more than here in {round(share * one.courses_by_lot)} of {courses} by lot"


def _matrix(found: tuple[Contacts, ...]) -> GridFigure:
    most = max((n for one in found for n in one.pairs_by_meetings), default=0)
    key = tuple((_met(n), f"met {counted(n, 'time')}" if n else "never met") for n in range(most + 1))
    return GridFigure(
        "contact-matrix",
        "Who met whom in pairs and triads, and how often",
        alt=" ".join(contacts_sentence(one) for one in found),
        across="",
        down="Person",
        panels=tuple(_panel(one) for one in found),
        key=key,
        notes=("Two people of a triad have met as those of a pair have. Columns stand in the order of the rows.",),
        place="supplement",
    )


def _panel(one: Contacts) -> GridPanel:
    met = {frozenset((a, b)): n for a, b, n in one.met}
    short = all(len(code) <= 4 for code in one.who)
    columns = one.who if short else tuple(str(n) for n in range(1, one.size + 1))
    rows = tuple(
        (code if short else f"{n} {code}", tuple(_cell(met, code, other) for other in one.who))
        for n, code in enumerate(one.who, 1)
    )
    return GridPanel(one.cohort, columns, rows)


def _cell(met: dict[frozenset[str], int], one: str, other: str) -> GridCell:
    return ITSELF if one == other else _met(met.get(frozenset((one, other)), 0))


def _met(times: int) -> GridCell:
    return GridCell(str(times) if times else "·", _TONES[min(times, len(_TONES) - 1)], Quantity(times, "count"))


def _meetings(found: tuple[Contacts, ...]) -> TableBlock:
    most = max((n for one in found for n in one.pairs_by_meetings), default=0)
    columns = (text("cohort", "Group"), numbers("people", "People"),
               *(numbers(f"met_{n}", f"Met {n}×" if n else "Never met") for n in range(most + 1)))  # fmt: skip
    rows: list[list[Cell]] = []
    for one in found:
        times = (Quantity(one.pairs_by_meetings.get(n, 0), "count") for n in range(most + 1))
        rows.append([one.cohort, Quantity(one.size, "count"), *times])
    title = "Pairs of people by how often they met"
    return table("meetings", title, columns, rows, place="supplement")


Measure = Callable[[Contacts], Cell]
_REPEATS: tuple[tuple[str, Measure], ...] = (
    ("Pairings", lambda one: Quantity(one.pairings, "count")),
    ("Repeats", lambda one: Quantity(one.repeats, "count")),
    ("… that nobody could avoid, given who came", lambda one: Quantity(one.repeats_bound, "count")),
    ("… by lot, on average", lambda one: Quantity(one.mean_repeats_by_lot, "grade")),
    ("… by lot, fewest", lambda one: Quantity(one.fewest_repeats_by_lot, "count")),
    ("Courses by lot with more repeats", lambda one: Quantity(one.more_by_lot, "share")),
    ("Fewest pairings from one meeting to the next", lambda one: Quantity(one.shortest_gap, "count")),
)
_COVERAGE: tuple[tuple[str, Measure], ...] = (
    ("Pairs met, of those ever there together", lambda one: Quantity(one.coverage, "share")),
    ("Pairs met, of all pairs", lambda one: Quantity(one.coverage_of_all, "share")),
    ("Partners met, mean", lambda one: Quantity(one.partners.mean, "grade")),
)
_FAIRNESS: tuple[tuple[str, Measure], ...] = (
    ("Triads and other duties: most less fewest", lambda one: Quantity(one.duty_spread, "count")),
    ("Spoke first: most less fewest", lambda one: Quantity(one.first_speaker_spread, "count")),
    ("Met again, and the same one spoke first", lambda one: Quantity(one.not_alternating, "count")),
    ("Divisions that a teacher changed", lambda one: Quantity(one.overrides, "count")),
)


def _quality(found: tuple[Contacts, ...]) -> TableBlock:
    columns = (text("measure", "Measure"), *(numbers(f"group_{n}", one.cohort) for n, one in enumerate(found, 1)))
    rows: list[TableRow] = []
    for title, measures in (("Repeats", _REPEATS), ("Coverage", _COVERAGE), ("Fairness", _FAIRNESS)):
        rows.append(group(title))
        rows += [TableRow((label, *(measure(one) for one in found))) for label, measure in measures]
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
