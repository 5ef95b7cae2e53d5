"""What was done of the sessions: the heat map, the blocks, the raters apart and how far they agree, and the form."""

from __future__ import annotations

from collections.abc import Iterator

from pilotage.analysis.delivery_results import BlockRating, Fidelity, RatedBy, Rates
from pilotage.formatting import counted, listed, plural
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
from pilotage.vocabulary import DeliveryState, values

MARKS: dict[DeliveryState, tuple[str, Tone]] = {
    DeliveryState.DONE: ("", "middle"),
    DeliveryState.PARTLY: ("◐", "amber"),
    DeliveryState.OMITTED: ("×", "gap"),
    DeliveryState.MOVED: ("→", "gap"),
}
STATES = values(DeliveryState)
SPARED = GridCell("–", "light", "omitted, optional")
NOT_HELD = GridCell("", "none", "not held, or not rated")
ROLES: dict[Rates, str] = {"teacher": "the teacher's own rating", "independent": "independent rating"}
_AGREE = {"blocks": "how far a block was done", "adherence": "whether the form of the practice was kept"}


def fidelity(context: Context) -> Section | None:
    """Return the section on fidelity block by block; None where nobody noted it."""
    ratings = context.results.fidelity
    if ratings is None:
        return None
    blocks: list[Block] = [Paragraph(fidelity_sentence(ratings)), heat_map(context, ratings), _blocks(ratings)]
    blocks += [Paragraph(raters_sentence(ratings)), _raters(ratings)]
    if ratings.adherence:
        blocks.append(_adherence(ratings))
    return Section("fidelity", "Fidelity", tuple(blocks))


def fidelity_sentence(ratings: Fidelity) -> str:
    """Say how many blocks were done, as the teachers themselves say, and how many of those not done are optional."""
    rated = sum(sum(block.by_state.values()) for block in ratings.blocks)
    done = sum(block.by_state.get(DeliveryState.DONE, 0) for block in ratings.blocks)
    if done == rated:
        blocks = counted(rated, "block")
        return f"By the teachers' own ratings all {blocks} of the sessions held {plural(rated, 'was', 'were')} done."
    counts = {state: sum(b.by_state.get(state, 0) for b in ratings.blocks) for state in STATES}
    not_done = listed(f"{n} {state}" for state, n in counts.items() if n and state != DeliveryState.DONE)
    spare = sum(block.by_state.get(DeliveryState.OMITTED, 0) for block in ratings.blocks if block.optional)
    optional = f" Of those omitted, {spare} may be left out by the protocol." if spare else ""
    share = number(done / rated, "share") if rated else ""
    return f"By the teachers' own ratings {done} of {rated} blocks ({share}) were done; {not_done}.{optional}"


def heat_map(context: Context, fidelity: Fidelity) -> GridFigure:
    """Return the figure of sessions by blocks, a grid for each group and kind of rater."""
    places = dict.fromkeys((rating.cohort, rating.role) for rating in fidelity.ratings)
    ordered = sorted(places, key=lambda place: (place[1] != "teacher", place[0]))
    return GridFigure(
        "fidelity-map",
        "What was done of each session, with actual minutes",
        alt=f"{fidelity_sentence(fidelity)} The numbers behind the figure are in its table.",
        across="Session",
        down="Block",
        panels=tuple(_panel(context, fidelity, *place) for place in ordered),
        key=_key(fidelity),
        notes=(f"Planned minutes: {_planned(fidelity)}.",),
        place="supplement",
    )


def _key(fidelity: Fidelity) -> tuple[tuple[GridCell, str], ...]:
    optional = _optional(fidelity)
    used = {
        (rating.done, rating.block in optional and rating.done == DeliveryState.OMITTED) for rating in fidelity.ratings
    }
    key = [(GridCell(*mark, state.value), state.value) for state, mark in MARKS.items() if (state, False) in used]
    spared = [(SPARED, str(SPARED.meaning))] if (DeliveryState.OMITTED, True) in used else []
    return (*key, *spared, (NOT_HELD, str(NOT_HELD.meaning)))


def _optional(fidelity: Fidelity) -> frozenset[str]:
    return frozenset(block.block for block in fidelity.blocks if block.optional)


def _planned(fidelity: Fidelity) -> str:
    return ", ".join(f"{block.label.lower()} {block.planned_minutes}" for block in fidelity.blocks)


def _panel(context: Context, fidelity: Fidelity, cohort: str, role: Rates) -> GridPanel:
    rated: dict[tuple[str, int], BlockRating] = {}
    for rating in fidelity.ratings:
        if rating.cohort == cohort and rating.role == role:
            # Two raters of one kind: the first noted is drawn; the table of raters has both.
            rated.setdefault((rating.block, rating.session), rating)
    sessions = range(1, _sessions(context) + 1)
    rows = tuple(
        (block.label, tuple(_cell(rated.get((block.block, n)), optional=block.optional) for n in sessions))
        for block in fidelity.blocks
    )
    return GridPanel(f"{cohort}, {ROLES[role]}", tuple(map(str, sessions)), rows)


def _sessions(context: Context) -> int:
    programme = context.protocol.programme
    return programme.delivered.sessions if programme else 0


def _cell(rating: BlockRating | None, *, optional: bool) -> GridCell:
    if rating is None:
        return NOT_HELD
    state = DeliveryState(rating.done)
    if optional and state is DeliveryState.OMITTED:
        return SPARED
    mark, tone = MARKS[state]
    not_there = state in (DeliveryState.OMITTED, DeliveryState.MOVED)
    minutes = "" if rating.minutes is None or not_there else str(rating.minutes)
    meaning = f"{rating.done}, {rating.minutes} of {rating.planned_minutes}" if minutes else rating.done
    return GridCell(f"{mark} {minutes}".strip(), tone, meaning)


def _blocks(fidelity: Fidelity) -> TableBlock:
    columns = (text("block", "Block"), numbers("planned", "Planned min"), numbers("mean", "Actual, mean"),
               numbers("sd", "SD"), *(numbers(state, state.capitalize()) for state in STATES))  # fmt: skip
    rows: list[list[Cell]] = []
    for block in fidelity.blocks:
        minutes = (Quantity(block.minutes.mean, "minutes"), Quantity(block.minutes.sd, "minutes"))
        states = (Quantity(block.by_state.get(state, 0), "count") for state in STATES)
        label = f"{block.label}{' (optional)' if block.optional else ''}{' (core)' if block.core else ''}"
        rows.append([label, Quantity(block.planned_minutes, "count"), *minutes, *states])
    notes = ("By the teachers' own ratings. Actual minutes are of the sessions in which a block was done or begun.",)
    return table("fidelity-blocks", "Blocks over all sessions", columns, rows, notes, place="supplement")


def raters_sentence(fidelity: Fidelity) -> str:
    """Say how many sessions somebody else rated, and how far they agreed with the teacher."""
    if fidelity.watched is None or fidelity.watched.value == 0:
        return "No session was rated by anybody but its teachers, so how far others would agree is not known."
    w = fidelity.watched
    rated = round(w.value * w.n)
    sessions = f"{rated} of {counted(w.n, 'session')} ({number(w.value, 'share')})"
    start = f"{sessions} {plural(rated, 'was', 'were')} rated by an independent rater too"
    parts = []
    for agreement in fidelity.agreement:
        kappa = (
            f"kappa {number(agreement.kappa.value, 'coefficient')}"
            if agreement.kappa
            else "no kappa, for both said one thing"
        )
        share = (
            f"{number(agreement.share.value, 'share')} {interval(agreement.share.low, agreement.share.high, 'share')}"
        )
        parts.append(f"{_AGREE[agreement.what]} in {share} of {agreement.rated} ratings ({kappa})")
    agreed = f" Teacher and independent rater said the same of {listed(parts)}." if parts else ""
    caution = " The intervals take ratings as independent, though those of one session are alike." if parts else ""
    return f"{start}.{agreed}{caution}"


def _raters(fidelity: Fidelity) -> TableBlock:
    columns = (
        *(text("rater", "Rater"), text("role", "Rates"), numbers("sessions", "Sessions")),
        *(numbers(state, state.capitalize()) for state in STATES),
        numbers("minutes", "Minutes, of planned"),
    )
    notes = ("Of minutes: what the rater noted, as a share of the planned minutes of the same blocks.",)
    return table(
        "fidelity-raters", "Ratings by rater", columns, map(_rater, fidelity.raters), notes, place="supplement"
    )


def _rater(rater: RatedBy) -> list[Cell]:
    states = (Quantity(rater.by_state.get(state, 0), "count") for state in STATES)
    minutes = Quantity(rater.minutes / rater.minutes_planned if rater.minutes_planned else None, "share")
    role = "own session" if rater.role == "teacher" else "independently"
    return [rater.rater, role, Quantity(rater.sessions, "count"), *states, minutes]


def _adherence(fidelity: Fidelity) -> TableBlock:
    values = tuple(fidelity.adherence[0].by_value)
    columns = (text("item", "Item"), *(numbers(value, value.capitalize()) for value in values),
               numbers("kept", "Yes, of those that arose"))  # fmt: skip
    notes = ("Items of our own, on the form of the practice in pairs; not the MBI:TAC, which needs trained assessors.",)
    return table(
        "adherence", "Form of the practice in pairs", columns, _adherence_rows(fidelity), notes, place="supplement"
    )


def _adherence_rows(fidelity: Fidelity) -> Iterator[TableRow]:
    for role, name in (("teacher", "The teachers' own ratings"), ("independent", "Independent ratings")):
        items = [item for item in fidelity.adherence if item.role == role]
        if items:
            yield group(name)
        for item in items:
            counts = tuple(Quantity(n, "count") for n in item.by_value.values())
            yield TableRow((item.label, *counts, ShareOf(item.by_value["yes"], sum(item.by_value.values()))))
