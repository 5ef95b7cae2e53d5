"""Every word of a vocabulary that a report shows has a sign or words there, so that a new one is not forgotten."""

from collections.abc import Iterable
from enum import StrEnum

import pytest

from pilotage.report.model.values import LightCell
from pilotage.report.model.wording import LIGHTS, say
from pilotage.report.sections import attendance, fidelity
from pilotage.vocabulary import AttendanceStatus, DeliveryState, Light


@pytest.mark.parametrize(
    ("vocabulary", "shown"),
    [(Light, LIGHTS), (AttendanceStatus, attendance.MARKS), (DeliveryState, fidelity.MARKS)],
)
def test_each_member_is_shown(vocabulary: type[StrEnum], shown: Iterable[StrEnum]) -> None:
    assert set(shown) == set(vocabulary)


def test_no_two_lights_and_no_two_statuses_look_alike() -> None:
    assert len({say(LightCell(light))[0] for light in Light}) == len(Light)
    assert len({mark for mark, _ in attendance.MARKS.values()}) == len(AttendanceStatus)
