"""What is delivered: sessions in both numberings, blocks that fill them, rounds, guidelines, numbers in order."""

from __future__ import annotations

from pilotage.problems import kind
from pilotage.protocol.checks.written import Problems, WrittenProtocol
from pilotage.yaml_file import Path_

GROUP_SIZE = kind("PROTOCOL-020", "The smallest group is larger than the largest")
SESSION_NUMBERS = kind("PROTOCOL-021", "Sessions are not numbered from 1 without gaps")
SESSION_COUNT = kind("PROTOCOL-022", "There are not as many sessions as are delivered")
CANONICAL_NUMBERS = kind("PROTOCOL-023", "The canonical numbers of the sessions do not fit")
BLOCK_MINUTES = kind("PROTOCOL-024", "The blocks do not fill the session")
UNKNOWN_ROUNDS = kind("PROTOCOL-025", "Rounds are named that are not described")
UNKNOWN_GUIDELINE = kind("PROTOCOL-026", "A guideline is named that the programme does not have")
NO_SUCH_SESSION = kind("PROTOCOL-027", "A session is named that does not exist")
COMPLETION = kind("PROTOCOL-028", "Completion cannot be reached")
PRACTICE_RANGE = kind("PROTOCOL-029", "The range of home practice runs from more to less")
DIARY = kind("PROTOCOL-094", "What the diary offers does not fit what it asks")
PAIRING = kind("PROTOCOL-030", "People practise in groups, but the protocol does not say how they are divided")

A_DAY = 24 * 60  # minutes


def group_size(written: WrittenProtocol) -> Problems:
    """Check that the smallest group is no larger than the largest."""
    programme = written.protocol.programme
    if programme and programme.group.minimum > programme.group.maximum:
        message = f"The smallest group has {programme.group.minimum} people, the largest {programme.group.maximum}."
        yield written.problem(GROUP_SIZE, ("programme", "group", "minimum"), message, "Correct one of the two.")


def session_numbers(written: WrittenProtocol) -> Problems:
    """Check that delivered sessions are numbered 1, 2, 3, ..."""
    for i, session in enumerate(written.sessions):
        if session.delivered != i + 1:
            message = f"Session {i + 1} of the list is numbered {session.delivered}."
            path = ("programme", "sessions", i, "delivered")
            yield written.problem(SESSION_NUMBERS, path, message, "Number the sessions 1, 2, 3 in order, without gaps.")
            return


def session_count(written: WrittenProtocol) -> Problems:
    """Check that as many sessions are described as are delivered."""
    programme = written.protocol.programme
    if programme and len(programme.sessions) != programme.delivered.sessions:
        delivered, listed = programme.delivered.sessions, len(programme.sessions)
        message = f"{delivered} sessions are delivered, but {listed} are described."
        remedy = "Correct the number, or describe each session; {unknown: why} may stand for what is not known."
        yield written.problem(SESSION_COUNT, ("programme", "delivered", "sessions"), message, remedy)


def canonical_numbers(written: WrittenProtocol) -> Problems:
    """Check that each session has a number of its own in the canonical order, or says what it replaces."""
    programme = written.protocol.programme
    if programme is None:
        return
    last = 0
    for i, session in enumerate(programme.sessions):
        path: Path_ = ("programme", "sessions", i, "canonical")
        if session.canonical is None:
            if not session.replaces:
                message = f"Session {session.delivered} has no canonical number and replaces nothing."
                remedy = "Give 'canonical', or say with 'replaces' what it stands for."
                yield written.problem(CANONICAL_NUMBERS, path, message, remedy)
            continue
        if not last < session.canonical <= programme.canonical.sessions:
            message = f"Session {session.delivered} has the canonical number {session.canonical} after {last}."
            remedy = f"Canonical numbers rise from 1 to {programme.canonical.sessions}."
            yield written.problem(CANONICAL_NUMBERS, path, message, remedy)
        last = session.canonical


def block_minutes(written: WrittenProtocol) -> Problems:
    """Check that the blocks of an average session take as long as the session."""
    programme = written.protocol.programme
    if programme is None or not programme.blocks or not isinstance(programme.delivered.minutes, int):
        return
    total = sum(block.minutes for block in programme.blocks)
    if total != programme.delivered.minutes:
        message = f"The blocks take {total} minutes, but a session {programme.delivered.minutes}."
        yield written.problem(BLOCK_MINUTES, ("programme", "blocks"), message, "Change the minutes of a block.")


def rounds(written: WrittenProtocol) -> Problems:
    """Check that blocks name rounds that are described; where an odd person makes a triad, its rounds too."""
    programme = written.protocol.programme
    if programme is None:
        return
    for i, block in enumerate(programme.blocks):
        if block.rounds is not None:
            path = ("programme", "blocks", i, "rounds")
            yield from written.unknown(UNKNOWN_ROUNDS, path, block.rounds, "list of rounds", programme.rounds)
    if programme.pairing and programme.pairing.odd == "triad" and programme.rounds and "triad" not in programme.rounds:
        message = "An odd person makes a triad, but the rounds of a triad are not described."
        yield written.problem(UNKNOWN_ROUNDS, ("programme", "rounds"), message, "Add 'triad' to the rounds.")


def guidelines(written: WrittenProtocol) -> Problems:
    """Check that sessions name guidelines of the programme."""
    programme = written.protocol.programme
    for i, session in enumerate(written.sessions):
        if programme is None or not isinstance(session.guidelines, list):
            continue
        for j, name in enumerate(session.guidelines):
            path = ("programme", "sessions", i, "guidelines", j)
            yield from written.unknown(UNKNOWN_GUIDELINE, path, name, "guideline", programme.guidelines)


def sessions_named(written: WrittenProtocol) -> Problems:
    """Check that the practice day, the materials and the small groups name sessions that exist."""
    programme = written.protocol.programme
    if programme is None:
        return
    canonical, delivered = programme.canonical.sessions, programme.delivered.sessions
    named: list[tuple[Path_, object, int]] = [
        (("materials", i, "released"), material.released, delivered) for i, material in enumerate(programme.materials)
    ]
    if programme.canonical.practice_day:
        named.append((("canonical", "practice_day", "after"), programme.canonical.practice_day.after, canonical))
    if programme.pairing:
        small = programme.pairing.small_groups_from_session
        named.append((("pairing", "small_groups_from_session"), small, delivered))
    for path, number, most in named:
        if isinstance(number, int) and not 1 <= number <= most:
            message = f"There is no session {number}; there are {most}."
            yield written.problem(NO_SUCH_SESSION, ("programme", *path), message, "Correct the number.")


def completion(written: WrittenProtocol) -> Problems:
    """Check that completing the programme takes at least one session and no more than there are."""
    programme = written.protocol.programme
    if programme and not 1 <= programme.completion <= programme.delivered.sessions:
        message = f"Completion takes {programme.completion} sessions of {programme.delivered.sessions}."
        yield written.problem(COMPLETION, ("programme", "completion"), message, "Correct the number.")


def practice_range(written: WrittenProtocol) -> Problems:
    """Check that the range of home practice runs from less to more."""
    programme = written.protocol.programme
    if programme is None or programme.home_practice is None:
        return
    low, high = programme.home_practice.prescribed.minutes_a_day
    if not 0 <= low <= high:
        message = f"The home practice asked for runs from {low} to {high} minutes a day."
        path = ("programme", "home_practice", "asked", "minutes_a_day")
        yield written.problem(PRACTICE_RANGE, path, message, "Write the smaller number first.")


def pairing(written: WrittenProtocol) -> Problems:
    """Check that where people practise in pairs or small groups, it is said how they are divided."""
    programme = written.protocol.programme
    if programme is None or programme.pairing is not None:
        return
    for i, block in enumerate(programme.blocks):
        if block.in_ in ("pairs", "small groups"):
            message = f"The block '{block.id}' is practised in {block.in_}, but 'pairing' is not given."
            remedy = "Add 'pairing' to the programme: what an odd person does, and whether a teacher may join."
            yield written.problem(PAIRING, ("programme", "blocks", i, "in"), message, remedy)


def diary(written: WrittenProtocol) -> Problems:
    """Check that the diary offers minutes that can be practised in a day, and only where it asks minutes."""
    programme = written.protocol.programme
    practice = programme.home_practice if programme else None
    for k, kind_ in enumerate(practice.kinds if practice else []):
        path: Path_ = ("programme", "home_practice", "kinds", k, "quick")
        if kind_.quick and "minutes" not in kind_.asks:
            message = f"Of '{kind_.id}' the diary asks no minutes, but offers some."
            yield written.problem(DIARY, path, message, "Add 'minutes' to 'asks', or remove 'quick'.")
        for i, minutes in enumerate(kind_.quick):
            if not 1 <= minutes <= A_DAY:
                message = f"The diary offers {minutes} minutes of '{kind_.id}' a day."
                yield written.problem(DIARY, (*path, i), message, f"Write a number from 1 to {A_DAY}.")
