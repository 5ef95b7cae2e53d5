"""What every test shares: importable helpers, and how Hypothesis searches.

The profile `pilotage` tries the same examples in every run, and has no deadline, since a busy machine is
no fault of the code. `search` tries ten times as many, others each time (`just search`).
"""

import os
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import settings

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

# Images often ask Python to write no bytecode. Each of some hundred processes of the tests would compile every library
# anew, which takes longer than the tests; so it is kept where it litters no folder of sources.
if sys.dont_write_bytecode:
    sys.dont_write_bytecode = False
    sys.pycache_prefix = os.environ["PYTHONPYCACHEPREFIX"] = str(Path(sys.prefix) / "bytecode")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

settings.register_profile("pilotage", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, max_examples=1000)
settings.load_profile("pilotage")

# A worker takes a whole file. These take longest, and one begun last would leave the other workers idle.
LONGEST = ("tests/story/", "tests/web/test_access.py", "tests/cli/test_import.py", "tests/planning/test_cluster.py")
LONGEST += ("tests/analysis/recommended/", "tests/web/mail/test_letters.py", "tests/web/researcher/test_pages.py")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at the end what this run has not proven, and what it lacked."""
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = Counter(str(report.longrepr[2]).removeprefix("Skipped: ") for report in skipped)
    if reasons:
        lacking = "; ".join(f"{reason} ({count})" for reason, count in sorted(reasons.items()))
        terminalreporter.write_line(f"Not proven in this run, {sum(reasons.values())} tests: {lacking}")
