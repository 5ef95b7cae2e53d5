"""The participant flow of an arm in words, for its page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from pilotage.protocol.protocol import Protocol
from pilotage.protocol.windows import window_of
from pilotage.web.records import queries
from pilotage.web.records.queries import Due

_OUTSIDE = {
    "no reply": pgettext_lazy("flow", "No reply"),
    "declined": pgettext_lazy("flow", "Declined"),
    "not eligible": pgettext_lazy("flow", "Not eligible"),
    "waiting list": pgettext_lazy("flow", "On the waiting list"),
}


@dataclass(frozen=True)
class Box:
    """One line of the flow: what, how many, and why (each reason with its count)."""

    label: str | Promise
    n: int
    reasons: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class ArmBoxes:
    """The flow of one arm, in the order in which people go."""

    label: str
    boxes: tuple[Box, ...]


def arm_flow(arm: queries.ArmFlow, protocol: Protocol, asked: Sequence[Due], groups: Mapping[str, str]) -> ArmBoxes:
    """An arm's counts as lines to read; ``groups`` are the groups' names by key."""
    return ArmBoxes(arm.label or _("Arm not known yet"), tuple(_boxes(arm, protocol, asked, groups)))


def _boxes(arm: queries.ArmFlow, protocol: Protocol, asked: Sequence[Due], groups: Mapping[str, str]) -> Iterator[Box]:
    yield Box(_("Approached"), arm.approached)
    for stage, reasons in arm.outside.items():
        yield _with_reasons(
            _OUTSIDE[stage], {why: n for why, n in reasons.items() if why != stage}, sum(reasons.values())
        )
    if arm.undecided:
        yield Box(_("Not decided yet"), arm.undecided)
    yield Box(_("Consented"), arm.consented)
    yield Box(_("Entered the arm"), arm.allocated)
    yield from (Box(groups.get(group, group), n) for group, n in arm.cohorts.items())
    for words, reasons in ((_("Left the course"), arm.left_course), (_("Left the study"), arm.left_study)):
        if reasons:
            yield _with_reasons(words, reasons, sum(reasons.values()))
    yield from _answered(arm.arm, protocol, asked)


def _with_reasons(label: str | Promise, reasons: Mapping[str, int], n: int) -> Box:
    return Box(label, n, tuple(reasons.items()))


def _answered(arm: str, protocol: Protocol, asked: Sequence[Due]) -> Iterator[Box]:
    """How many answered the whole of each assessment that is asked once and has opened."""
    for assessment in protocol.assessments:
        mine = [d for d in asked if d.assessment.id == assessment.id and d.participant.allocation.arm == arm]
        opened = [due for due in mine if due.state != "to come"]
        if window_of(assessment).repeats is None and opened:
            people = {due.participant.pk for due in opened}
            lacking = {due.participant.pk for due in opened if not due.finished}
            yield Box(_("Answered all: %(occasion)s") % {"occasion": assessment.label}, len(people - lacking))
