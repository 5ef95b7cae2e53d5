"""Real data kept beside the project: found where it is there; where it is not, the test is skipped and says so."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def shared_file(name: str) -> Path:
    """The path of a shared file, such as ``data/pss10/README.md``; skips the test where it is absent."""
    path = ROOT.parent / "shared" / name
    if not path.exists():
        pytest.skip(f"the shared file {name} is not beside this checkout")
    return path
