"""Results of the delivery: sessions, blocks by rater, dose, contacts and deviations, frozen and unrounded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pilotage.analysis.describe import NumberSummary
from pilotage.stats.estimate import Estimate

Rates = Literal["teacher", "independent"]


@dataclass(frozen=True, slots=True)
class SessionDelivery:
    """One session of one group as it went; days are ISO dates, empty where unknown."""

    cohort: str
    session: int
    state: str
    planned_on: str
    held_on: str
    planned_minutes: int | None
    minutes: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class BlockRating:
    """How far one block of one session was done, as one rater says; a teacher's rating is of their own work."""

    cohort: str
    session: int
    block: str
    rater: str
    role: Rates
    done: str
    planned_minutes: int | None
    minutes: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class RatedBy:
    """What one rater said in all; minutes are of the blocks for which both are known."""

    rater: str
    role: Rates
    sessions: int
    blocks: int
    by_state: dict[str, int]
    minutes_planned: int
    minutes: int


@dataclass(frozen=True, slots=True)
class BlockDelivery:
    """One block over all sessions, by the teachers' ratings; ``minutes`` are of the sessions in which it was done."""

    block: str
    label: str
    optional: bool
    core: bool | None
    planned_minutes: int
    by_state: dict[str, int]
    minutes: NumberSummary


@dataclass(frozen=True, slots=True)
class RaterAgreement:
    """How far an independent rater said the same as the teacher, of what both rated.

    ``share`` has an exact interval that takes the ratings as independent; ``kappa`` is None where chance leaves
    nothing to agree on.
    """

    what: Literal["blocks", "adherence"]
    sessions: int
    rated: int
    share: Estimate
    kappa: Estimate | None


@dataclass(frozen=True, slots=True)
class AdherenceResult:
    """One item of adherence to the form of the practice in pairs, by kind of rater; nobody counts where none arose."""

    item: str
    label: str
    role: Rates
    by_value: dict[str, int]
    did_not_arise: int


@dataclass(frozen=True, slots=True)
class Fidelity:
    """What was done of the sessions; ``watched`` is the share of those held that an independent rater rated."""

    sessions_held: int
    watched: Estimate | None
    raters: tuple[RatedBy, ...]
    ratings: tuple[BlockRating, ...]
    blocks: tuple[BlockDelivery, ...]
    agreement: tuple[RaterAgreement, ...]
    adherence: tuple[AdherenceResult, ...]


@dataclass(frozen=True, slots=True)
class PersonDose:
    """What one person got of the programme; ``statuses`` is their attendance, session by session.

    A status is empty where nothing was recorded, and 'not held' where the group had no session. ``minutes_spoken`` are
    of one's own turns in pairs and triads; None where pairs were not recorded.
    """

    participant: str
    arm: str
    cohort: str
    statuses: tuple[str, ...]
    sessions: int
    minutes: int | None
    minutes_spoken: float | None
    partners: int | None


@dataclass(frozen=True, slots=True)
class DeliveredDose:
    """What an arm's people got: sessions, minutes, minutes of their own turns, and partners met (None: not recorded).

    ``turns_from`` says whether turns are counted from the minutes that the practice took or from those planned.
    """

    arm: str
    people: int
    sessions: NumberSummary
    minutes: NumberSummary | None
    minutes_spoken: NumberSummary | None
    partners: NumberSummary | None
    turns_from: Literal["actual", "planned", ""]


@dataclass(frozen=True, slots=True)
class SessionAttendance:
    """How many of a group's people on the course came to a session; ``expected`` are those of whom it was noted."""

    cohort: str
    session: int
    came: int
    expected: int


@dataclass(frozen=True, slots=True)
class Contacts:
    """Who met whom in one group, and what random allocation would have given to the same people on the same days.

    ``pairs_by_meetings`` counts the pairs of people who met so many times, 0 included. ``met`` and ``who`` name
    people by code and are empty in what is shared. ``more_by_lot`` is the share of random courses with more repeats.
    """

    cohort: str
    size: int
    pairings: int
    repeats: int
    repeats_bound: int
    coverage: float
    coverage_of_all: float
    pairs_by_meetings: dict[int, int]
    partners: NumberSummary
    shortest_gap: int | None
    duty_spread: int
    first_speaker_spread: int
    not_alternating: int
    overrides: int
    courses_by_lot: int
    mean_repeats_by_lot: float
    fewest_repeats_by_lot: int
    more_by_lot: float
    who: tuple[str, ...]
    met: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class ProtocolDeviation:
    """One deviation from the protocol while the course ran."""

    date: str
    cohort: str
    session: int | None
    kind: str
    core: str
    planned: str
    description: str


@dataclass(frozen=True, slots=True)
class Adaptations:
    """Adaptations: differences from the manual that the protocol lists, and deviations while the course ran.

    Both are counted by whether they touch a core part and whether they were planned; ``recorded`` says whether
    deviations were noted at all.
    """

    differences: int
    differences_by_core: dict[str, int]
    differences_by_planned: dict[str, int]
    recorded: bool
    departures: tuple[ProtocolDeviation, ...]
    departures_by_core: dict[str, int]
    departures_by_planned: dict[str, int]
