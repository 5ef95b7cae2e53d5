"""What is not known: every place of the protocol that says so, and the gaps its authors name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from pilotage.protocol.load import LoadedProtocol
from pilotage.protocol.summary import unknowns
from pilotage.report.model.builders import table, text
from pilotage.report.model.document import Block, Bullets, Paragraph, Section


def not_known(loaded: LoadedProtocol) -> Section:
    """Return the section on gaps and on every value marked as unknown."""
    columns = (text("place", "Part of the protocol"), text("why", "Why it is unknown"))
    rows = list(_places(loaded))
    blocks: list[Block] = [Bullets(tuple(loaded.protocol.gaps))] if loaded.protocol.gaps else []
    if rows:
        blocks.append(table("unknown", "Parts of the protocol that are unknown", columns, rows))
    nothing = Paragraph("No part of the protocol is marked as unknown.")
    return Section("gaps", "Unknowns", tuple(blocks) or (nothing,))


def _places(loaded: LoadedProtocol) -> Iterator[tuple[str, str]]:
    unknown_parts = [line.split(": ", 2)[1:] for line in unknowns(loaded)]
    for (parent, why), group in groupby(unknown_parts, key=lambda pair: (_parent(pair[0]), pair[1])):
        names = ", ".join(_readable(place.rpartition(".")[2]) for place, _ in group)
        yield f"{_readable(parent)}: {names}" if parent else names, why


def _parent(place: str) -> str:
    return place.rpartition(".")[0]


def _readable(place: str) -> str:
    """Return ``programme.sessions[0]`` as ``programme, sessions 1``."""
    counted = re.sub(r"\[(\d+)\]", lambda match: f" {int(match[1]) + 1}", place)
    return counted.replace(".", ", ").replace("_", " ")
