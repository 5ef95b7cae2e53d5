"""Compile the interface's words when Pilotage is installed, so that nobody needs gettext."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileMessages(BuildHookInterface):  # type: ignore[type-arg]
    """Writes the compiled catalogues beside their sources, and takes them into the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Before files are gathered."""
        sys.path.insert(0, str(Path(self.root)))
        from tools.messages import LOCALE, compile_all

        compile_all()
        build_data["artifacts"] += [str(file.relative_to(self.root)) for file in LOCALE.rglob("*.mo")]
