"""Answers to the study's own forms: as many, as high and as spread as the targets say, to the printed digit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from pilotage.data.simulate.exact import agrees, numbers_like
from pilotage.data.simulate.occasions import IssuedForm
from pilotage.data.simulate.scenario import Chance
from pilotage.problems import Problem, ProblemsFound, kind
from pilotage.protocol.form_items import FormItem, StoredAs
from pilotage.protocol.forms import Derived, Form
from pilotage.protocol.protocol import Protocol
from pilotage.protocol.simulation import AnswerTarget, NumberTarget, Simulation

if TYPE_CHECKING:
    from numpy.typing import NDArray

TOO_MANY = kind("SIMULATION-002", "A target counts more people than answer")

Answers = dict[str, str | None]
"""One person's answers to a form, by item; an item that is not shown has none."""

TRIES = 500
# Ours, for items without a target: where ratings lie, the widest number, and how many options are ticked.
USUAL_RATING = 0.7
WIDEST = 60.0
TICKED = 0.35


def form_answers(
    issued: Sequence[IssuedForm], protocol: Protocol, simulation: Simulation, chance: Chance
) -> list[Answers]:
    """Return the answers to each form given, in the order of ``given``; free text is not among them."""
    answers: list[Answers] = [{} for _ in issued]
    forms = {form.id: form for form in protocol.forms}
    occasions = sorted({(form.assessment, form.instrument) for form in issued})
    for assessment, name in occasions:
        places = [i for i, form in enumerate(issued) if (form.assessment, form.instrument) == (assessment, name)]
        filled = _form([issued[i] for i in places], forms[name], protocol, simulation, chance)
        for i, answer in zip(places, filled, strict=True):
            answers[i] = answer
    return answers


def shown(answers: Answers, form: Form) -> Answers:
    """Return the answers without those to items that were not shown, in the form's order."""
    kept: Answers = {}
    for item in form.items:
        if item.id in answers and (item.show_if is None or item.show_if.holds(kept.get(item.show_if.item))):
            kept[item.id] = answers[item.id]
    return kept


def _form(
    issued: list[IssuedForm], form: Form, protocol: Protocol, simulation: Simulation, chance: Chance
) -> list[Answers]:
    columns: dict[str, list[str | None]] = {}
    for derived in protocol.derived:
        columns |= _sums(issued, form, derived, simulation, chance)
    for item in (item for item in form.items if not item.own_words and item.id not in columns):
        rng = chance.of("form", issued[0].assessment, form.id, item.id)
        targets = [t for t in simulation.answers if t.item == f"{form.id}.{item.id}"]
        columns[item.id] = list(_column(issued, item, targets, rng))
    return [{item: column[i] for item, column in columns.items()} for i in range(len(issued))]


def _column(issued: list[IssuedForm], item: FormItem, targets: list[AnswerTarget], rng: Any) -> Iterator[str | None]:
    """Return the answers of everyone to one item."""
    if not targets:
        return (usual(item, issued_form, rng) for issued_form in issued)
    if any(issued_form.number > 1 for issued_form in issued):
        return (_likely(item, targets, issued_form, rng) for issued_form in issued)
    return iter(_targeted(issued, item.stored_as is StoredAs.CODES, targets, rng))


def _targeted(issued: list[IssuedForm], several: bool, targets: list[AnswerTarget], rng: Any) -> list[str | None]:
    """Return answers that meet the targets of each arm, and the one of all arms together."""
    of_arms = [target for target in targets if target.arm is not None]
    of_all = [target for target in targets if target.arm is None]
    for _ in range(TRIES):
        answers: list[str | None] = [None] * len(issued)
        for target in of_arms or of_all:
            places = [i for i, issued_form in enumerate(issued) if target.arm in (None, issued_form.person.arm)]
            for i, value in zip(places, _values(target, len(places), several, rng), strict=True):
                answers[i] = value
        if not of_arms or all(_holds(target.number, answers) for target in of_all if target.number):
            return answers
    message = f"No answers to '{targets[0].item}' were found that meet the targets of each arm and of all together."
    raise ProblemsFound([Problem(TOO_MANY, message, "Check the figures against one another.")])


def _holds(number: NumberTarget | None, answers: list[str | None]) -> bool:
    values = np.array([int(value) for value in answers if value is not None])
    return number is None or agrees(values, number)


def _values(target: AnswerTarget, people: int, several: bool, rng: Any) -> list[str | None]:
    """Return the answers of so many people, in an order by chance."""
    together = max if several else sum
    answered = target.answered if target.answered is not None else people
    counted = together([*target.counts.values(), 0])
    if answered > people or counted > answered:
        message = f"The target of '{target.item}' is of {max(answered, counted)} people, but {people} answer."
        raise ProblemsFound([Problem(TOO_MANY, message, "Correct the counts, or how many return the form.")])
    values: list[str | None] = [None] * people
    if target.number is not None:
        values[:answered] = [str(n) for n in numbers_like(target.number, answered, rng)]
    elif several:
        values[:answered] = _ticked(target.counts, answered, rng)
    else:
        values[:counted] = [option for option, count in target.counts.items() for _ in range(count)]
    return [values[i] for i in rng.permutation(people)]


def _ticked(counts: Mapping[str, int], people: int, rng: Any) -> list[str | None]:
    chosen = {option: set(rng.permutation(people)[:count].tolist()) for option, count in counts.items()}
    return [" ".join(option for option, who in chosen.items() if i in who) or None for i in range(people)]


def _sums(
    issued: list[IssuedForm], form: Form, derived: Derived, simulation: Simulation, chance: Chance
) -> dict[str, list[str | None]]:
    """Return the items of a derived sum that has a target: the sum is drawn, then parted within the items' ranges."""
    parts = [item for item in form.items if f"{form.id}.{item.id}" in derived.sum]
    targets = [target for target in simulation.answers if target.item == derived.id]
    if not targets or len(parts) != len(derived.sum):
        return {}
    rng = chance.of("sum", issued[0].assessment, form.id, derived.id)
    sums = _targeted(issued, several=False, targets=targets, rng=rng)
    shares = [_parted(None if s is None else int(s), parts, rng) for s in sums]
    return {item.id: [share[k] for share in shares] for k, item in enumerate(parts)}


def _parted(total: int | None, parts: list[FormItem], rng: Any) -> list[str | None]:
    if total is None:
        return [None] * len(parts)
    ends = [_ends(item) for item in parts]
    values = [int(low) for low, _ in ends]
    while sum(values) < total:
        open_parts = [k for k, (_, high) in enumerate(ends) if values[k] < high]
        if not open_parts:
            message = f"The items of a sum cannot add up to {total}."
            raise ProblemsFound([Problem(TOO_MANY, message, "Check the range of the target.")])
        least = min(values[k] for k in open_parts)
        values[int(rng.choice([k for k in open_parts if values[k] == least]))] += 1
    return [str(value) for value in values]


def usual(item: FormItem, issued_form: IssuedForm, rng: Any) -> str | None:
    """Return an answer to an item of which the targets say nothing; ours."""
    match item.stored_as:
        case StoredAs.CODE:
            return str(item.answers[int(rng.integers(len(item.answers)))])
        case StoredAs.CODES:
            return " ".join(code for code in item.answers if rng.random() < TICKED) or None
        case StoredAs.DATE:
            day = issued_form.started.date() - timedelta(days=int(rng.integers(0, 3000)))
            earliest, latest = item.bounds
            return str(min(max(day, earliest or day), latest or day))
        case StoredAs.INTEGER:
            low, high = _ends(item)
            return str(int(np.clip(round(low + (high - low) * rng.normal(USUAL_RATING, 0.15)), low, high)))
        case StoredAs.NUMBER:
            low, high = _ends(item)
            return str(round(low + (high - low) * rng.beta(1.5, 4)))
    return None


def _likely(item: FormItem, targets: list[AnswerTarget], issued_form: IssuedForm, rng: Any) -> str | None:
    """Draw an answer to an item that is asked again and again, with the target's mean, spread or shares."""
    target = next((t for t in targets if t.arm in (None, issued_form.person.arm)), None)
    if target is None:
        return usual(item, issued_form, rng)
    if target.number is not None:
        number = target.number
        return str(int(np.clip(round(rng.normal(number.mean, number.sd)), number.low, number.high)))
    weights: NDArray[np.float64] = np.array(list(target.counts.values()), dtype=float)
    return str(rng.choice(list(target.counts), p=weights / weights.sum()))


def _ends(item: FormItem) -> tuple[float, float]:
    low, high = item.number_bounds
    low = low or 0.0
    if item.answers and high is not None:  # a rating's ends are its answers, however far apart
        return low, high
    return low, min(high, low + WIDEST) if high is not None else low + WIDEST
