"""Which arm the others are compared with, and which people a comparison is about."""

from __future__ import annotations

from pilotage.analysis.given import Given
from pilotage.protocol.plan import Recommended


def plan_of(given: Given) -> Recommended:
    """The plan's part on the preset; ValueError where the plan has none."""
    plan = given.protocol.analysis.recommended
    if plan is None:
        raise ValueError("the plan has no part 'recommended', so nothing says which arm the others are compared with")
    return plan


def reference(given: Given) -> str:
    """The arm that the others are compared with."""
    return plan_of(given).reference


def others(given: Given) -> tuple[str, ...]:
    """The arms with people that are compared with the reference, in the protocol's order."""
    return tuple(arm for arm in given.arms if arm != reference(given))
