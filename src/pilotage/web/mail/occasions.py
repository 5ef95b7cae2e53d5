"""Letters about one occasion stand back for each other: one at a time, and none within a day of another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from pilotage.web.mail.planned import LetterCase, LetterStatus

# Ours: nobody hears of one occasion twice within a day, so that a late invitation is not followed by its reminder.
APART = timedelta(days=1)


def one_an_occasion(case: LetterCase, lines: Sequence[LetterStatus]) -> list[LetterStatus]:
    """Choose among the letters about one occasion that are due together: the invitation, or else the latest."""
    chosen: dict[str, LetterStatus] = {}
    for line in lines:
        if line.state == "due" and line.planned.occasion and not _was_asked(case, line):
            best = chosen.get(line.planned.occasion)
            if best is None or _rank(line) > _rank(best):
                chosen[line.planned.occasion] = line
    return [_standing_back(case, line, lines, chosen.get(line.planned.occasion)) for line in lines]


def _standing_back(
    case: LetterCase, line: LetterStatus, lines: Sequence[LetterStatus], chosen: LetterStatus | None
) -> LetterStatus:
    if line.state not in ("due", "to come") or not line.planned.occasion or _was_asked(case, line):
        return line
    last = _last_heard(lines, line.planned.occasion)
    if last is not None and line.when is not None and line.when < last + APART:
        return LetterStatus(
            line.planned, "not sent", None, _("Another letter about this assessment was sent less than a day before.")
        )
    if last is not None and line.planned.at is not None and line.planned.at < last:
        return LetterStatus(line.planned, "not sent", None, _("A later letter about this assessment was sent."))
    if line.state == "due" and line is not chosen:
        return LetterStatus(line.planned, "not sent", None, _("Another letter about this assessment is sent first."))
    return line


def _last_heard(lines: Sequence[LetterStatus], occasion: str) -> datetime | None:
    gone = ("sent", "being sent", "interrupted")
    return max(
        (ln.when for ln in lines if ln.planned.occasion == occasion and ln.state in gone and ln.when), default=None
    )


def _rank(line: LetterStatus) -> tuple[bool, datetime]:
    assert line.planned.at is not None  # what is due has a moment
    return line.kind == "invitation", line.planned.at


def _was_asked(case: LetterCase, line: LetterStatus) -> bool:
    message = case.messages.get((line.kind, line.dedupe_key))
    return ":again-" in line.dedupe_key or (message is not None and message.state == "asked")
