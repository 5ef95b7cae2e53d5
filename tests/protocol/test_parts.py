"""A part of a protocol is found by its id, and one that is not there is said to be missing."""

from collections.abc import Callable

import pytest

from pilotage.protocol.protocol import Protocol
from tests.protocol.sound import loaded


@pytest.fixture(scope="module")
def protocol(tmp_path_factory: pytest.TempPathFactory) -> Protocol:
    return loaded(tmp_path_factory.mktemp("study")).protocol


def test_a_part_is_found_by_its_id(protocol: Protocol) -> None:
    assert protocol.arm(protocol.arms[-1].id) == protocol.arms[-1]
    assert protocol.item(f"{protocol.forms[0].id}.{protocol.forms[0].items[-1].id}") == protocol.forms[0].items[-1]


@pytest.mark.parametrize(
    "look_up",
    [
        lambda protocol: protocol.arm("nobody"),
        lambda protocol: protocol.form("nothing"),
        lambda protocol: protocol.form(protocol.forms[0].id).item("nothing"),
        lambda protocol: protocol.item("nothing.at-all"),
        lambda protocol: protocol.assessment("never"),
        lambda protocol: protocol.derived_variable("nothing"),
    ],
)
def test_an_id_that_is_not_there_is_a_key_error(protocol: Protocol, look_up: Callable[[Protocol], object]) -> None:
    with pytest.raises(KeyError, match="There is no"):
        look_up(protocol)
