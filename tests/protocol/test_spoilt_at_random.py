"""Whatever a person writes is either sound or said to be wrong; the checks never fall over it."""

import copy
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pilotage.problems import ProblemsFound
from pilotage.protocol.check import check
from pilotage.protocol.load import load
from pilotage.protocol.protocol import Protocol
from pilotage.yaml_file import Path_, YamlDocument, validate
from tests.protocol.sound import write

SPOILT = 400
VALUES: list[Any] = [None, "", "x", "training", "end.grade", "session 9", "> 5%", 0, -1, 1.5, True, [], ["x"], {}]
VALUES += [{"unknown": "why"}]


def places(data: Any, path: Path_ = ()) -> Iterator[Path_]:
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in inner:
        yield (*path, key)
        yield from places(value, (*path, key))


def spoil(data: Any, chance: random.Random) -> Any:
    """The data with one part removed or replaced."""
    result = copy.deepcopy(data)
    *outer, last = chance.choice(list(places(result)))
    part = result
    for key in outer:
        part = part[key]
    if chance.random() < 0.3:
        part.pop(last)
    else:
        part[last] = copy.deepcopy(chance.choice(VALUES))
    return result


@pytest.mark.parametrize("seed", range(4))
def test_a_spoilt_protocol_is_sound_or_said_to_be_wrong(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    sound = load(write(tmp_path))
    checked = 0

    for _ in range(SPOILT // 4):
        document = YamlDocument(sound.document.file, spoil(sound.document.data, chance), sound.document.places)
        try:
            protocol = validate(document, Protocol)
        except ProblemsFound:
            continue
        check(protocol, document, sound.instruments)
        checked += 1

    assert checked > 10
