"""Whatever happens in a room, in whatever order: nobody is lost, doubled, or with whom they must not be."""

from collections import Counter
from itertools import combinations

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, precondition, rule

from pilotage.pairing import Division, Impossible, Log, Rules, divide, quality, repair, repeats_bound, sit_out, swap
from pilotage.pairing.impossible import possible
from pilotage.pairing.rules import Odd, sizes
from tests.pairing.courses import pairs, people

EVERYONE = people(9)
WISHES = [frozenset(pair) for pair in combinations(EVERYONE, 2)]
SOME_OF_THEM = st.sets(st.sampled_from(EVERYONE), min_size=2)


class Rooms(RuleBasedStateMachine):
    """Sessions in which people come, come late, leave, sit out and are exchanged."""

    divisions = Bundle("divisions")

    @initialize(
        size=st.sampled_from([2, 2, 3, 4]), odd=st.sampled_from(["triad", "teacher", "observer"]),
        hard=st.sets(st.sampled_from(WISHES), max_size=4), soft=st.sets(st.sampled_from(WISHES), max_size=3),
        seed=st.integers(0, 5),
    )  # fmt: skip
    def begin(self, size: int, odd: Odd, hard: set[frozenset[str]], soft: set[frozenset[str]], seed: int) -> None:
        self.rules, self.seed, self.log = Rules(size, odd, frozenset(hard), frozenset(soft)), seed, Log()
        self.open: Division | None = None

    @rule(present=SOME_OF_THEM, more=st.integers(0, 2))
    def a_pairing(self, present: set[str], more: int) -> None:
        remaining = [EVERYONE] * more
        try:
            division = divide(present, self.log, self.rules, self.seed, remaining=remaining)
        except Impossible:
            assert not possible(present, self.rules)
            return
        assert division == divide(sorted(present), self.log, self.rules, self.seed, remaining=remaining)
        self._sound(division, present)
        self._keep(division)

    @precondition(lambda self: self.open)
    @rule(present=SOME_OF_THEM)
    def some_come_and_some_leave(self, present: set[str]) -> None:
        assert self.open
        try:
            repaired = repair(self.open, present, self.log, self.rules, self.seed)
        except Impossible:
            assert not possible(present, self.rules)
            return
        self._sound(repaired, present)
        self._keep(repaired)

    @precondition(lambda self: self.open and len(self.open.practising) > 3)
    @rule(data=st.data())
    def one_sits_out(self, data: st.DataObject) -> None:
        assert self.open
        one = data.draw(st.sampled_from(sorted(self.open.practising)))
        before = self.open.present
        try:
            after = sit_out(self.open, [one], self.log, self.rules, self.seed)
        except Impossible:
            return
        assert after.present == before
        assert one not in after.practising
        self._keep(after)

    @precondition(lambda self: self.open and len(self.open.practising) > 3)
    @rule(data=st.data())
    def two_are_exchanged(self, data: st.DataObject) -> None:
        assert self.open
        one, other = data.draw(
            st.lists(st.sampled_from(sorted(self.open.practising)), min_size=2, max_size=2, unique=True)
        )
        try:
            after = swap(self.open, one, other, self.rules, "asked for")
        except Impossible:
            return
        assert after.practising == self.open.practising
        assert after.changes[-1].by_teacher
        self._keep(after)

    def _keep(self, division: Division) -> None:
        self.open = division
        self.log = self.log.kept(division)

    def _sound(self, division: Division, present: set[str]) -> None:
        placed = Counter(one for group in division.groups for one in group if one != division.teacher)
        placed.update(division.observers)
        assert placed == Counter(present)
        wanted = sorted(size for size, count in sizes(len(present), self.rules) for _ in range(count))
        alone = [1] * len(division.observers)
        assert sorted([*(len(set(group) - {division.teacher}) for group in division.groups), *alone]) == wanted

    @invariant()
    def nobody_is_with_whom_they_must_not_be(self) -> None:
        assert not {pair for division in self.log for pair in pairs(division)} & self.rules.apart_hard

    @invariant()
    def measures_agree_with_the_log(self) -> None:
        if not len(self.log):
            return
        found = quality(self.log, self.rules, courses=0)
        assert found.kept_apart_broken == 0
        assert repeats_bound([division.practising for division in self.log], self.rules) <= found.repeats
        assert found.contacts == sum(len(pairs(division)) for division in self.log)


# Times differ with what else the machine does; what is promised of time is measured in benchmarks/pairing.py.
Rooms.TestCase.settings = settings(
    max_examples=40, stateful_step_count=15, derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)  # fmt: skip
TestRooms = Rooms.TestCase
