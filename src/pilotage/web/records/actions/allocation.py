"""People enter their arm: by their own choice, from a list, or by a concealed sequence made beforehand."""

from __future__ import annotations

import base64
import itertools
import secrets
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from pilotage.protocol.protocol import Protocol
from pilotage.vocabulary import AllocationMethod, AuditAction
from pilotage.web.records import audit, keys, protocols, sequence
from pilotage.web.records.models import Allocation, Answer, Participant, RandomisationSlot, Study, User
from pilotage.web.records.refused import ActionRefused

_WITHOUT_A_PLAN = 100  # places of a sequence where the protocol plans no number of people
_MET, _NOT_MET = "yes", "no"


@transaction.atomic
def make_sequence(by: audit.By, study: Study) -> str:
    """Draw the sequences of all strata, sealed; returns the commitment by which they can be proved later.

    Nobody sees an arm before it is given, not even who calls this: seed and sequences are kept sealed in the log,
    and only their hash stands there in plain.
    """
    Study.objects.select_for_update().get(pk=study.pk)
    if RandomisationSlot.objects.filter(study=study).exists():
        raise ActionRefused(_("The allocation sequence already exists. It cannot be made again."))
    return _draw(by, study, strata_of(study))


@transaction.atomic
def allocate(by: audit.By, person: Participant, arm: str = "") -> Allocation:
    """Allocate someone to an arm, after consent and for good; ``arm`` is needed only where chance does not decide."""
    Study.objects.select_for_update().get(pk=person.study_id)  # two allocated at once take two places
    protocol = protocols.of(person.study).protocol
    _refuse_too_early(person)
    method, slot = protocol.allocation.method, None
    if method == AllocationMethod.BY_CHANCE:
        slot = _next_slot(by, person, protocol)
        arm = sequence.unpadded(keys.unseal_for_server(slot.sealed_arm))
    elif method == AllocationMethod.BY_LIST:
        _refuse_off_the_list(person, arm)
    if arm not in {a.id for a in protocol.arms}:
        raise ValueError(f"The protocol has no arm {arm!r}.")
    who = by if isinstance(by, User) else None
    row = Allocation.objects.create(participant=person, arm=arm, method=method, slot=slot, by=who)
    after = {"arm": arm, "method": method, "stratum": slot.stratum if slot else None}
    audit.record(
        by, AuditAction.ARM_ENTERED, row, about=person, after=after | {"position": slot.position if slot else None}
    )
    return row


def strata_of(study: Study) -> list[str]:
    """Return the names of all strata that the protocol balances apart; one, without a name, where it has none."""
    protocol = protocols.of(study).protocol
    levels = [_levels(study, protocol, name) for name in protocol.allocation.strata]
    return ["; ".join(values) for values in itertools.product(*levels)]


def stratum_of(person: Participant) -> str:
    """Return the stratum someone is in.

    Raises
    ------
    ActionRefused
        When what decides it is not known yet.
    """
    protocol = protocols.of(person.study).protocol
    return "; ".join(f"{name}: {_level(person, name)}" for name in protocol.allocation.strata)


def _refuse_too_early(person: Participant) -> None:
    if hasattr(person, "allocation"):
        raise ActionRefused(
            _("%(code)s is already allocated to an arm. An allocation cannot be changed.") % {"code": person.code}
        )
    if not person.consents.filter(ended_at=None).exists():
        raise ActionRefused(
            _("%(code)s has not consented yet. Allocate them after they consent.") % {"code": person.code}
        )


def _refuse_off_the_list(person: Participant, arm: str) -> None:
    if person.arm_sought != arm:
        details = {"code": person.code, "arm": person.arm_sought}
        raise ActionRefused(
            _("%(code)s is on the list for the arm %(arm)s and cannot be allocated to another arm.") % details
        )


def _next_slot(by: audit.By, person: Participant, protocol: Protocol) -> RandomisationSlot:
    stratum = stratum_of(person)
    slots = RandomisationSlot.objects.filter(study=person.study, stratum=stratum)
    if not RandomisationSlot.objects.filter(study=person.study).exists():
        raise ActionRefused(_("There is no allocation sequence yet. Make it first, under Groups."))
    free = slots.filter(allocation=None).order_by("position")
    row = free.first()
    if row is None:
        _draw(by, person.study, [stratum])
        row = free.first()
    if row is None:
        raise RuntimeError(f"No place was drawn for the stratum {stratum!r} of {protocol.study.id}.")
    return row


def _draw(by: audit.By, study: Study, strata: list[str]) -> str:
    """Draw and seal; a stratum that ran out goes on after its last place, with a seed of its own."""
    protocol = protocols.of(study).protocol
    rules, seed = protocol.allocation, secrets.token_hex(32)
    ratio = rules.ratio or {arm.id: 1 for arm in protocol.arms}
    drawn = sequence.draw(seed, ratio, rules.blocks, strata, _length(protocol))
    for stratum, slots in drawn.items():
        _seal(study, stratum, slots)
    proof = sequence.commitment(seed, drawn)
    sealed = base64.b64encode(keys.seal_for_server(sequence.written(seed, drawn))).decode()
    after = {"commitment": proof, "strata": len(strata), "sealed": sealed}
    audit.record(by, AuditAction.SEQUENCE_DRAWN, study, study=study, after=after)
    return proof


def _seal(study: Study, stratum: str, slots: Sequence[sequence.Slot]) -> None:
    there = RandomisationSlot.objects.filter(study=study, stratum=stratum)
    last = there.aggregate(position=Max("position"), block=Max("block"))
    position, block = last["position"] or 0, last["block"] or 0
    RandomisationSlot.objects.bulk_create(
        RandomisationSlot(
            study=study,
            stratum=stratum,
            position=position + number,
            block=block + slot.block,
            sealed_arm=keys.seal_for_server(sequence.padded(slot.arm)),
        )
        for number, slot in enumerate(slots, start=1)
    )


def _length(protocol: Protocol) -> int:
    """Return how long each stratum's sequence is: every stratum could be everybody's."""
    planned = [arm.planned for arm in protocol.arms if isinstance(arm.planned, int)]
    return sum(planned) or _WITHOUT_A_PLAN


def _levels(study: Study, protocol: Protocol, name: str) -> list[str]:
    if name == "centre":
        return [f"{name}: {key}" for key in study.centres.order_by("key").values_list("key", flat=True)]
    if "." in name:
        return [f"{name}: {code}" for code in protocol.item(name).option_codes]
    return [f"{name}: {_MET}", f"{name}: {_NOT_MET}"]


def _level(person: Participant, name: str) -> str:
    if name == "centre":
        return person.centre.key
    if "." in name:
        return _answered(person, name)
    met = person.screenings.filter(criterion=name).values_list("met", flat=True).first()
    if met is None:
        raise ActionRefused(
            _("Random allocation depends on '%(what)s'. Screen %(code)s first.") % _message_values(person, name)
        )
    return _MET if met else _NOT_MET


def _answered(person: Participant, name: str) -> str:
    form, _dot, item = name.partition(".")
    rows = Answer.objects.filter(administration__participant=person, administration__instrument=form, item=item)
    value = rows.exclude(value=None).values_list("value", flat=True).first()
    if value is None:
        raise ActionRefused(
            _("Random allocation depends on '%(what)s'. %(code)s has not answered it yet.")
            % _message_values(person, name)
        )
    return value


def _message_values(person: Participant, name: str) -> dict[str, str]:
    return {"code": person.code, "what": name}
