"""How long somebody attended: noted, as long as the session, or as long as it was planned."""

import pytest

from pilotage.data.minutes_attended import minutes_attended

ATTENDED = ("present", "late", "left early", "made up")
NOT_ATTENDED = ("excused", "absent")


@pytest.mark.parametrize("status", ATTENDED)
@pytest.mark.parametrize(
    ("noted", "session", "planned", "minutes"),
    [(95, 140, 150, 95), (0, 140, 150, 0), (None, 140, 150, 140), (None, None, 150, 150), (None, None, None, None)],
)
def test_what_was_noted_goes_before_what_the_session_took_and_that_before_the_plan(
    status: str, noted: int | None, session: int | None, planned: int | None, minutes: int | None
) -> None:
    assert minutes_attended(status, noted, session, planned) == minutes


@pytest.mark.parametrize("status", NOT_ATTENDED)
def test_who_did_not_attend_has_no_minutes(status: str) -> None:
    assert minutes_attended(status, 95, 140, 150) == 0


def test_a_status_that_is_no_word_of_ours_is_refused() -> None:
    with pytest.raises(ValueError, match="elsewhere"):
        minutes_attended("elsewhere", 95, 140, 150)
