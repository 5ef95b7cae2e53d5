"""What was done of the sessions: the heat map, the blocks, the raters apart and how far they agree, and the form."""

from __future__ import annotations

from collections.abc import Iterator

from pilotage.analysis.delivery_results import BlockRating, Fidelity, RatedBy, Rates
from pilotage.formatting import counted, listed
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
from pilotage.report.model.values import Cell, Quantity, ShareOf
from pilotage.report.model.wording import interval, number
from pilotage.report.sections.context import Context

STATES = ("done", "partly", "omitted", "moved")
MARKS: dict[str, tuple[str, Tone]] = {
    "done": ("", "middle"), "partly": ("◐", "amber"), "omitted": ("×", "gap"), "moved": ("→", "gap"),
}  # fmt: skip
SPARED = GridCell("–", "light", "omitted, optional")
NOT_HELD = GridCell("", "none", "not held, or not rated")
ROLES: dict[Rates, str] = {"teacher": "the teacher's own rating", "independent": "independent rating"}
_AGREE = {"blocks": "how far a block was done", "adherence": "whether the form of the practice was kept"}


def fidelity(context: Context) -> Section | None:
    """Fidelity block by block; None where nobody noted it."""
    found = context.results.fidelity
    if found is None:
        return None
    blocks: list[Block] = [Paragraph(fidelity_sentence(found)), heat_map(context, found), _blocks(found)]
    blocks += [Paragraph(raters_sentence(found)), _raters(found)]
    if found.adherence:
        blocks.append(_adherence(found))
    return Section("fidelity", "Fidelity", tuple(blocks))


def fidelity_sentence(found: Fidelity) -> str:
    """How many blocks were done, as the teachers themselves say, and how many of those not done are optional."""
    rated = sum(sum(block.by_state.values()) for block in found.blocks)
    done = sum(block.by_state.get("done", 0) for block in found.blocks)
    if done == rated:
        return f"By the teachers' own ratings all {counted(rated, 'block')} of the sessions held were done."
    others = [(sum(b.by_state.get(state, 0) for b in found.blocks), state) for state in STATES[1:]]
    said = listed([f"{n} {state}" for n, state in others if n])
    spare = sum(block.by_state.get("omitted", 0) for block in found.blocks if block.optional)
    optional = f" Of those omitted, {spare} may be left out by the protocol." if spare else ""
    share = number(done / rated, "share") if rated else ""
    return f"By the teachers' own ratings {done} of {rated} blocks ({share}) were done; {said}.{optional}"


def heat_map(context: Context, found: Fidelity) -> GridFigure:
    """Sessions by blocks, a grid for each group and kind of rater."""
    places = dict.fromkeys((rating.cohort, rating.role) for rating in found.ratings)
    ordered = sorted(places, key=lambda place: (place[1] != "teacher", place[0]))
    return GridFigure(
        "fidelity-map",
        "What was done of each session, with actual minutes",
        alt=f"{fidelity_sentence(found)} The numbers behind the figure are in its table.",
        across="Session",
        down="Block",
        panels=tuple(_panel(context, found, *place) for place in ordered),
        key=_key(found),
        notes=(f"Planned minutes: {_planned(found)}.",),
        place="supplement",
    )


def _key(found: Fidelity) -> tuple[tuple[GridCell, str], ...]:
    optional = _optional(found)
    used = {(rating.done, rating.block in optional and rating.done == "omitted") for rating in found.ratings}
    key = [(GridCell(*MARKS[state], state), state) for state in STATES if (state, False) in used]
    spared = [(SPARED, str(SPARED.meaning))] if ("omitted", True) in used else []
    return (*key, *spared, (NOT_HELD, str(NOT_HELD.meaning)))


def _optional(found: Fidelity) -> frozenset[str]:
    return frozenset(block.block for block in found.blocks if block.optional)


def _planned(found: Fidelity) -> str:
    return ", ".join(f"{block.label.lower()} {block.planned_minutes}" for block in found.blocks)


def _panel(context: Context, found: Fidelity, cohort: str, role: Rates) -> GridPanel:
    rated: dict[tuple[str, int], BlockRating] = {}
    for rating in found.ratings:
        if rating.cohort == cohort and rating.role == role:
            rated.setdefault((rating.block, rating.session), rating)
    sessions = range(1, _sessions(context) + 1)
    rows = tuple(
        (block.label, tuple(_cell(rated.get((block.block, n)), optional=block.optional) for n in sessions))
        for block in found.blocks
    )
    return GridPanel(f"{cohort}, {ROLES[role]}", tuple(map(str, sessions)), rows)


def _sessions(context: Context) -> int:
    programme = context.protocol.programme
    return programme.delivered.sessions if programme else 0


def _cell(rating: BlockRating | None, *, optional: bool) -> GridCell:
    if rating is None:
        return NOT_HELD
    if optional and rating.done == "omitted":
        return SPARED
    mark, tone = MARKS[rating.done]
    minutes = "" if rating.minutes is None or rating.done in ("omitted", "moved") else str(rating.minutes)
    said = f"{rating.done}, {rating.minutes} of {rating.planned_minutes}" if minutes else rating.done
    return GridCell(f"{mark} {minutes}".strip(), tone, said)


def _blocks(found: Fidelity) -> TableBlock:
    columns = (text("block", "Block"), numbers("planned", "Planned min"), numbers("mean", "Actual, mean"),
               numbers("sd", "SD"), *(numbers(state, state.capitalize()) for state in STATES))  # fmt: skip
    rows: list[list[Cell]] = []
    for block in found.blocks:
        minutes = (Quantity(block.minutes.mean, "minutes"), Quantity(block.minutes.sd, "minutes"))
        states = (Quantity(block.by_state.get(state, 0), "count") for state in STATES)
        label = f"{block.label}{' (optional)' if block.optional else ''}{' (core)' if block.core else ''}"
        rows.append([label, Quantity(block.planned_minutes, "count"), *minutes, *states])
    notes = ("By the teachers' own ratings. Actual minutes are of the sessions in which a block was done or begun.",)
    return table("fidelity-blocks", "Blocks over all sessions", columns, rows, notes, place="supplement")


def raters_sentence(found: Fidelity) -> str:
    """How many sessions somebody else rated, and how far they agreed with the teacher."""
    if found.watched is None or found.watched.value == 0:
        return "No session was rated by anybody but its teachers, so how far others would agree is not known."
    w = found.watched
    sessions = f"{round(w.value * w.n)} of {counted(w.n, 'session')} ({number(w.value, 'share')})"
    start = f"{sessions} were rated by an independent rater too"
    said = []
    for one in found.agreement:
        kappa = f"kappa {number(one.kappa.value, 'coefficient')}" if one.kappa else "no kappa, for both said one thing"
        share = f"{number(one.share.value, 'share')} {interval(one.share.low, one.share.high, 'share')}"
        said.append(f"{_AGREE[one.what]} in {share} of {one.rated} ratings ({kappa})")
    agreed = f" Teacher and independent rater said the same of {listed(said)}." if said else ""
    caution = " The intervals take ratings as independent, though those of one session are alike." if said else ""
    return f"{start}.{agreed}{caution}"


def _raters(found: Fidelity) -> TableBlock:
    columns = (
        *(text("rater", "Rater"), text("role", "Rates"), numbers("sessions", "Sessions")),
        *(numbers(state, state.capitalize()) for state in STATES),
        numbers("minutes", "Minutes, of planned"),
    )
    notes = ("Of minutes: what the rater noted, as a share of the planned minutes of the same blocks.",)
    return table("fidelity-raters", "Ratings by rater", columns, map(_rater, found.raters), notes, place="supplement")


def _rater(one: RatedBy) -> list[Cell]:
    states = (Quantity(one.by_state.get(state, 0), "count") for state in STATES)
    minutes = Quantity(one.minutes / one.minutes_planned if one.minutes_planned else None, "share")
    role = "own session" if one.role == "teacher" else "independently"
    return [one.rater, role, Quantity(one.sessions, "count"), *states, minutes]


def _adherence(found: Fidelity) -> TableBlock:
    values = tuple(found.adherence[0].by_value)
    columns = (text("item", "Item"), *(numbers(value, value.capitalize()) for value in values),
               numbers("kept", "Yes, of those that arose"))  # fmt: skip
    notes = ("Items of our own, on the form of the practice in pairs; not the MBI:TAC, which needs trained assessors.",)
    return table(
        "adherence", "Form of the practice in pairs", columns, _adherence_rows(found), notes, place="supplement"
    )


def _adherence_rows(found: Fidelity) -> Iterator[TableRow]:
    for role, name in (("teacher", "The teachers' own ratings"), ("independent", "Independent ratings")):
        items = [one for one in found.adherence if one.role == role]
        if items:
            yield group(name)
        for one in items:
            counts = tuple(Quantity(n, "count") for n in one.by_value.values())
            yield TableRow((one.label, *counts, ShareOf(one.by_value["yes"], sum(one.by_value.values()))))
