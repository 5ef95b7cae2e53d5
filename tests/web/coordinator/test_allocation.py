"""What allocation by chance promises: concealed, balanced, given once, and provable afterwards."""

import base64
import json
import shutil
from collections import Counter
from pathlib import Path

import pytest

from pilotage.web.records import actions, audit, keys, sequence
from pilotage.web.records.models import Allocation, Consent, ConsentText, Event, Participant, RandomisationSlot
from pilotage.web.records.refused import ActionRefused
from tests.web import cast as the_cast
from tests.web.cast import Cast, consented, someone


@pytest.fixture
def by_chance(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cast:
    folder = tmp_path / "study"
    shutil.copytree(the_cast.CALM, folder)
    file = folder / "protocol.yaml"
    text = file.read_text(encoding="utf-8").replace("randomised: false", "randomised: true")
    rules = "allocation: {method: by chance, ratio: {training: 1, control: 1}, blocks: [4, 6], strata: [centre]}\n"
    file.write_text(text + rules, encoding="utf-8")
    monkeypatch.setattr(the_cast, "CALM", folder)
    return the_cast.calm("chance")


def ready(cast: Cast, code: str) -> Participant:
    person = someone(cast, code, arm="")
    text = ConsentText.objects.get(study=cast.study, language="en")
    Consent.objects.create(participant=person, text=text, agreed=["understood", "room"])
    return person


def test_the_same_seed_gives_the_same_sequence_and_another_another() -> None:
    ratio = {"training": 1, "control": 1}
    one = sequence.draw("a seed", ratio, [4, 6], ["north"], 40)
    assert one == sequence.draw("a seed", ratio, [4, 6], ["north"], 40)
    assert one != sequence.draw("another", ratio, [4, 6], ["north"], 40)


@pytest.mark.parametrize(
    ("ratio", "blocks"), [({"a": 1, "b": 1}, [4, 6]), ({"a": 2, "b": 1}, [3, 6]), ({"a": 1, "b": 1, "c": 1}, [6])]
)
def test_every_block_holds_the_ratio(ratio: dict[str, int], blocks: list[int]) -> None:
    found = sequence.draw("seed", ratio, blocks, ["north", "south"], 50)
    for slots in found.values():
        for number in {slot.block for slot in slots}:
            counts = Counter(slot.arm for slot in slots if slot.block == number)
            size = sum(counts.values())
            assert size in blocks
            assert counts == {arm: weight * size // sum(ratio.values()) for arm, weight in ratio.items()}


def test_strata_have_sequences_of_their_own() -> None:
    found = sequence.draw("seed", {"a": 1, "b": 1}, [4], ["north", "south"], 40)
    assert found["north"] != found["south"]


def test_a_block_that_cannot_hold_the_ratio_is_an_error() -> None:
    with pytest.raises(ValueError, match="must be a multiple of 3"):
        sequence.draw("seed", {"a": 2, "b": 1}, [4], [""], 10)


def test_the_sequence_is_sealed_and_not_even_its_length_tells_an_arm(by_chance: Cast) -> None:
    actions.make_sequence(by_chance.staff["coordinator"], by_chance.study)
    sealed = [bytes(slot.sealed_arm) for slot in RandomisationSlot.objects.all()]
    assert len({len(content) for content in sealed}) == 1
    assert not any(b"training" in content or b"control" in content for content in sealed)
    assert set(RandomisationSlot.objects.values_list("stratum", flat=True)) == {"centre: north", "centre: south"}


def test_the_log_holds_seed_and_sequence_under_seal_and_a_hash_that_proves_them(by_chance: Cast) -> None:
    proof = actions.make_sequence(by_chance.staff["coordinator"], by_chance.study)
    said = audit.detail(Event.objects.get(what="sequence drawn"))
    assert said is not None
    assert said["after"]["commitment"] == proof
    kept = json.loads(keys.unseal_for_server(base64.b64decode(said["after"]["sealed"])))
    again = {name: [sequence.Slot(*slot) for slot in slots] for name, slots in kept["sequences"].items()}
    assert sequence.commitment(kept["seed"], again) == proof
    drawn = sequence.draw(kept["seed"], {"training": 1, "control": 1}, [4, 6], ["centre: north"], 24)
    given = RandomisationSlot.objects.filter(stratum="centre: north").order_by("position")
    arms = [sequence.unpadded(keys.unseal_for_server(slot.sealed_arm)) for slot in given]
    assert arms == [slot.arm for slot in drawn["centre: north"]]


def test_the_sequence_is_never_made_anew(by_chance: Cast) -> None:
    actions.make_sequence(audit.SERVER, by_chance.study)
    with pytest.raises(ActionRefused, match="cannot be made again"):
        actions.make_sequence(audit.SERVER, by_chance.study)


def test_nobody_learns_an_arm_before_consent(by_chance: Cast) -> None:
    actions.make_sequence(audit.SERVER, by_chance.study)
    with pytest.raises(ActionRefused, match="has not consented yet"):
        actions.allocate(audit.SERVER, someone(by_chance, "P01", arm=""))
    assert not Allocation.objects.exists()


def test_arms_are_given_in_the_order_of_the_sequence_and_no_choice_is_taken(by_chance: Cast) -> None:
    actions.make_sequence(audit.SERVER, by_chance.study)
    given = [actions.allocate(audit.SERVER, ready(by_chance, f"P{n:02}"), arm="training") for n in range(1, 9)]
    slots = RandomisationSlot.objects.filter(stratum="centre: north", position__lte=8).order_by("position")
    assert [row.arm for row in given] == [sequence.unpadded(keys.unseal_for_server(s.sealed_arm)) for s in slots]
    assert {row.arm for row in given} == {"training", "control"}
    assert [row.slot_id for row in given] == [slot.pk for slot in slots]


def test_an_arm_is_entered_once(by_chance: Cast) -> None:
    actions.make_sequence(audit.SERVER, by_chance.study)
    person = ready(by_chance, "P01")
    actions.allocate(audit.SERVER, person)
    with pytest.raises(ActionRefused, match="An allocation cannot be changed"):
        actions.allocate(audit.SERVER, Participant.objects.get(pk=person.pk))


def test_a_stratum_that_ran_out_goes_on_with_a_new_seed(by_chance: Cast) -> None:
    actions.make_sequence(audit.SERVER, by_chance.study)
    RandomisationSlot.objects.filter(stratum="centre: north", position__gt=1).delete()
    for code in ("P01", "P02"):
        actions.allocate(audit.SERVER, ready(by_chance, code))
    assert Allocation.objects.get(participant__code="P02").slot.position == 2  # type: ignore[union-attr]
    assert Event.objects.filter(what="sequence drawn").count() == 2


def test_without_a_sequence_nobody_is_allocated_by_chance(by_chance: Cast) -> None:
    with pytest.raises(ActionRefused, match="no allocation sequence yet"):
        actions.allocate(audit.SERVER, ready(by_chance, "P01"))


def test_where_people_choose_the_arm_is_theirs(cast: Cast) -> None:
    person = consented(cast)
    assert (person.allocation.arm, person.allocation.method) == ("training", "by choice")
    other = ready(cast, "P02")
    assert actions.allocate(audit.SERVER, other, arm="control").arm == "control"
