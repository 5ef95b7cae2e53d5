"""The command line for tests of planning."""

from tests.cli.conftest import pilotage

__all__ = ["pilotage"]
