"""How many minutes someone attended of one session: one rule for the certificate, the dose and the report."""

from __future__ import annotations

from pilotage.vocabulary import AttendanceStatus


def minutes_attended(
    status: str, noted: int | None, session_minutes: int | None, planned_minutes: int | None
) -> int | None:
    """Return the minutes that one person attended of one session.

    Whoever did not attend has 0. Whoever attended has the minutes that were noted for them; where none were noted,
    the minutes that the session took, and where that is not known either, the minutes it was planned to take.

    A session that was made up counts as attended, so it follows the same rule: without noted minutes it counts as
    long as the session that it makes up for. The web records keep no other length for it, and a teacher marks a
    session as made up once the person has done what the session holds. Someone late, or who left early, without a
    time noted counts in full too: a guess at the missing minutes would be ours and not the teacher's.

    Parameters
    ----------
    status : str
        A word of `AttendanceStatus`.
    noted : int or None
        Minutes noted for the person (table ``attendance``, column ``minutes``).
    session_minutes : int or None
        Minutes that the session took (table ``sessions``, column ``minutes``).
    planned_minutes : int or None
        Minutes that the session was planned to take (table ``sessions``, column ``planned_minutes``).

    Returns
    -------
    int or None
        Minutes; None only where the person attended and nothing is known of any length.

    Raises
    ------
    ValueError
        When the status is no word of `AttendanceStatus`.

    Examples
    --------
    >>> minutes_attended("present", None, 140, 150)
    140
    >>> minutes_attended("late", 120, 140, 150)
    120
    >>> minutes_attended("made up", None, None, 150)
    150
    >>> minutes_attended("absent", None, 140, 150)
    0
    """
    if not AttendanceStatus(status).counts_as_attended:
        return 0
    return next((minutes for minutes in (noted, session_minutes, planned_minutes) if minutes is not None), None)
