"""When each person is asked what, by the assessments' windows, before anything goes otherwise than planned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from pilotage.data.simulate.people import SimulatedPerson
from pilotage.data.simulate.scenario import Chance
from pilotage.protocol.assessment import Assessment, Window
from pilotage.protocol.load import LoadedProtocol
from pilotage.protocol.windows import Dates, spans, window_of
from pilotage.vocabulary import AnswerMode

# Ours: when in a window people answer (early, and a question about the week within a day), the hours, and seconds for
# an item.
ABOUT_A_WEEK = timedelta(days=1)
EARLY = (1.0, 2.5)
HOURS = (8, 22)
SECONDS_AN_ITEM = (5.0, 12.0)


@dataclass(frozen=True)
class IssuedForm:
    """One questionnaire or form as a person is given it, in the study's own time."""

    person: SimulatedPerson
    assessment: str
    instrument: str
    number: int
    started: datetime
    seconds: float
    closes: date
    finished: bool = True
    again: bool = False
    """Whether it repeats one that the person had already filled in."""

    @property
    def key(self) -> dict[str, Any]:
        """What answers to it are known by."""
        return {
            "participant": self.person.code,
            "assessment": self.assessment,
            "instrument": self.instrument,
            "number": self.number,
        }


def planned_forms(everyone: Sequence[SimulatedPerson], loaded: LoadedProtocol, chance: Chance) -> list[IssuedForm]:
    """Return everything that would be answered if everyone answered all they are asked.

    Assessments that are open at any time are left to those who report something.
    """
    issued: list[IssuedForm] = []
    for assessment in loaded.protocol.assessments:
        for person in (p for p in everyone if p.arm in assessment.arms):
            for number, opens, closes in _openings(person, window_of(assessment)):
                issued += _issued(person, assessment, number, (opens, closes), loaded, chance)
    return issued


def _openings(person: SimulatedPerson, window: Window) -> Iterator[tuple[int, date, date]]:
    """Yield the numbers of an assessment, from 1, each with the first and the last day on which people answer it."""
    sessions = dict(enumerate(person.group.days, 1))
    dates = Dates(person.consented, person.allocated, sessions, attends=person.programme)
    for span in spans(window, dates):
        if span.last is not None:
            soon = span.first + ABOUT_A_WEEK if window.repeats == "every week" else span.last
            yield span.number, span.first, min(span.last, soon)


def _issued(
    person: SimulatedPerson,
    assessment: Assessment,
    number: int,
    window: tuple[date, date],
    loaded: LoadedProtocol,
    chance: Chance,
) -> Iterator[IssuedForm]:
    """Yield what an assessment asks, one after the other, from some moment in its window."""
    opens, closes = window
    rng = chance.of("moment", assessment.id, person.code, str(number))
    day = opens + timedelta(days=int(rng.beta(*EARLY) * ((closes - opens).days + 1)))
    moment = datetime.combine(max(day, person.allocated), time(int(rng.integers(*HOURS)), int(rng.integers(60))))
    sizes = {name: instrument.items for name, instrument in loaded.instruments.items()}
    sizes |= {form.id: len(form.items) for form in loaded.protocol.forms}
    for name in (*loaded.protocol.instruments_at(assessment), *assessment.forms):
        seconds = round(float(rng.uniform(*SECONDS_AN_ITEM)) * sizes[name])
        yield IssuedForm(person, assessment.id, name, number, moment, seconds, closes)
        moment += timedelta(seconds=seconds + 20)


def without_unreturned(issued: Sequence[IssuedForm], completed: dict[str, int], chance: Chance) -> list[IssuedForm]:
    """Leave out the forms that, by the targets, some people do not return."""
    away: set[int] = set()
    for form, count in completed.items():
        askers = [issued_form for issued_form in issued if issued_form.instrument == form]
        away_places = chance.of("returned", form).permutation(len(askers))[: max(len(askers) - count, 0)]
        away |= {id(askers[i]) for i in away_places}
    return [issued_form for issued_form in issued if id(issued_form) not in away]


def administrations(issued: Sequence[IssuedForm], loaded: LoadedProtocol) -> list[dict[str, Any]]:
    """Return the rows of the administrations table; times are the study's own, turned to UTC with the frame."""
    modes = {assessment.id: assessment.mode for assessment in loaded.protocol.assessments}
    return [
        form.key
        | {
            "protocol_version": loaded.protocol.version,
            "language": loaded.protocol.study.languages[0],
            "started_at": form.started,
            "completed_at": form.started + timedelta(seconds=form.seconds) if form.finished else None,
            "mode": (AnswerMode.PAPER if modes[form.assessment] == "paper" else AnswerMode.WEB).value,
        }
        for form in issued
    ]
