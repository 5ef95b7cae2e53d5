"""Ids that no study can have, because an address of the server has them."""

from __future__ import annotations

_OF_THE_SERVER = "account administration calendar language me my-studies p s sign-out signed-out static"
_OF_ADMINISTRATION = "accounts log take-in"
TAKEN = frozenset(f"{_OF_THE_SERVER} {_OF_ADMINISTRATION}".split())
