"""The codes of a frozen copy: drawn by chance, and unlike any other code of the study."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from pilotage.web.records.models import FrozenCode, Participant, Study

# Nothing that looks like something else (0 O, 1 I L, 2 Z, 5 S, 8 B, U V), and no vowel, so no word. A letter comes
# first, and E is not among them, for a spreadsheet program would take 4E52 for a number.
_LETTERS = "CDFGHJKMNPQRTWXY"
_ALL = f"{_LETTERS}34679"
_LENGTH = 4


def fresh_codes(study: Study, people: Iterable[int]) -> dict[int, str]:
    """Draw a code for each person, in no order, and none that a coordinator or an earlier copy knows."""
    taken = {code.upper() for code in Participant.objects.filter(study=study).values_list("code", flat=True)}
    taken |= set(FrozenCode.objects.filter(freeze__study=study).values_list("code", flat=True))
    codes: dict[int, str] = {}
    for person in people:
        codes[person] = _one(taken)
        taken.add(codes[person])
    return codes


def _one(taken: set[str]) -> str:
    while True:
        code = secrets.choice(_LETTERS) + "".join(secrets.choice(_ALL) for _ in range(_LENGTH - 1))
        if code not in taken:
            return code
