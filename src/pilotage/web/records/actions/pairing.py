"""People are paired for a practice, and the pairs are put right: what was published, and each change of it, is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import SystemRandom
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pilotage.pairing import Division, Impossible, Log, Rules, divide, repair, sit_out, swap
from pilotage.vocabulary import AuditAction
from pilotage.web.records import audit
from pilotage.web.records.deidentify import refuse_names
from pilotage.web.records.models import Pairing, PairingMember, Participant, Session, User
from pilotage.web.records.queries.pairing import (
    TEACHER,
    division_of,
    group_size_of,
    log_of,
    pairings_of,
    rules_of,
    still_to_come,
    there_now,
)
from pilotage.web.records.refused import ActionRefused

_MANY = 1 << 31


@transaction.atomic
def pair_them(by: User, session: Session, size: int | None = None, seed: int | None = None) -> Pairing:
    """Divide those who are there now; a second time in a session is a second pairing."""
    row = _going_on(session)
    number = row.pairings.count() + 1
    seed = SystemRandom().randrange(_MANY) if seed is None else seed
    log, rules, there = log_of(row.cohort), rules_of(row.cohort, size), there_now(row)
    later = still_to_come(row, number) if rules.size == 2 else []
    made = _asked(lambda: divide(there, log, rules, seed, session=row.number, pairing=number, remaining=later))
    pairing = Pairing.objects.create(session=row, number=number, seed=seed)
    _keep(by, pairing, made)
    audit.record(
        by, AuditAction.PEOPLE_PAIRED, pairing, study=row.cohort.study, after={"number": number, "people": len(there)}
    )
    return pairing


@transaction.atomic
def put_pairs_right(by: User, pairing: Pairing) -> Pairing:
    """Divide those there now, after somebody came late or left; as few groups as possible change."""
    there = there_now(pairing.session)

    def repaired(now: Division, log: Log, rules: Rules) -> Division:
        still = frozenset(now.sat_out) & there
        new = repair(now, there - still, log, rules, pairing.seed)
        return replace(new, sat_out=tuple(sorted(still)))

    return _change(by, pairing, repaired)


@transaction.atomic
def sits_out(by: User, pairing: Pairing, code: str) -> Pairing:
    """Let somebody sit out this time; no reason is asked."""
    return _change(by, pairing, lambda now, log, rules: sit_out(now, [_known(now, code)], log, rules, pairing.seed))


@transaction.atomic
def joins_again(by: User, pairing: Pairing, code: str) -> Pairing:
    """Let somebody who sat out practise after all."""

    def back(now: Division, log: Log, rules: Rules) -> Division:
        if code not in now.sat_out:
            raise ActionRefused(_("This person is already in a pair or group."))
        return repair(now, now.practising | {code}, log, rules, pairing.seed)

    return _change(by, pairing, back)


@transaction.atomic
def swap_two(by: User, pairing: Pairing, code: str, other: str, reason: str = "") -> Pairing:
    """Exchange two people, as the teacher wishes; a reason may be given, and is kept."""
    refuse_names(reason, pairing.session.cohort)

    def exchanged(now: Division, _log: Log, rules: Rules) -> Division:
        if code == other:
            raise ActionRefused(_("Choose two different people."))
        return swap(now, _known(now, code), _known(now, other), rules, reason.strip())

    return _change(by, pairing, exchanged, reason.strip())


@transaction.atomic
def take_pairing_back(by: User, pairing: Pairing) -> None:
    """Take the last pairing back, made by mistake and not practised: it does not count as a meeting."""
    session = _going_on(pairing.session)
    row = session.pairings.order_by("number").last()
    if row is None or row.pk != pairing.pk:
        raise ActionRefused(_("Only the last pairing can be taken back."))
    audit.record(by, AuditAction.PAIRING_TAKEN_BACK, row, study=session.cohort.study, before={"number": row.number})
    row.delete()


def _change(by: User, pairing: Pairing, new: Callable[[Division, Log, Rules], Division], reason: str = "") -> Pairing:
    session = _going_on(pairing.session)
    row = pairings_of(session).filter(pk=pairing.pk).get()
    now = division_of(row)
    rules = rules_of(session.cohort, group_size_of(now.groups))
    made = _asked(lambda: new(now, log_of(session.cohort), rules))
    changed = made.changes[-1].groups if made.changes else 0
    row.changes += changed
    row.override = "; ".join(filter(None, (row.override, reason)))[:300]
    row.save(update_fields=["changes", "override"])
    _keep(by, row, made)
    after: dict[str, Any] = {"number": row.number, "groups_changed": changed, "by_teacher": bool(reason)}
    audit.record(by, AuditAction.PAIRS_CHANGED, row, study=session.cohort.study, after=after, reason=reason)
    return row


def _keep(by: User, pairing: Pairing, division: Division) -> None:
    pairing.members.all().delete()
    pairing.groups.all().delete()
    codes = {*division.practising, *division.sat_out}
    people = {
        record.code: record for record in Participant.objects.filter(study=pairing.session.cohort.study, code__in=codes)
    }
    members = []
    for number, group in enumerate(division.groups, start=1):
        row = pairing.groups.create(number=number, teacher=by if TEACHER in group else None)
        members += [
            PairingMember(pairing=pairing, group=row, participant=people[code], role_order=place)
            for place, code in enumerate(group, start=1)
            if code != TEACHER
        ]
    members += [PairingMember(pairing=pairing, participant=people[code]) for code in division.observers]
    members += [PairingMember(pairing=pairing, participant=people[code], sits_out=True) for code in division.sat_out]
    PairingMember.objects.bulk_create(members)


def _asked(divided: Callable[[], Division]) -> Division:
    """Return the solver's answer; a teacher learns that it cannot be and whom to ask, not which wish forbids it."""
    try:
        return divided()
    except Impossible as impossible:
        if impossible.wishes:
            raise ActionRefused(_("These people cannot be divided. Please ask the coordinator.")) from None
        raise ActionRefused(_("There are too few people present. First mark who is present.")) from None


def _known(division: Division, code: str) -> str:
    if code not in division.practising:
        raise ActionRefused(_("This person is not in a pair or group now."))
    return code


def _going_on(session: Session) -> Session:
    return Session.objects.select_for_update(of=("self",)).select_related("cohort__study").get(pk=session.pk)
