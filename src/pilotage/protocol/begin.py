"""Begins a study: a folder with a protocol of the library to change, and places for what a site adds."""

from __future__ import annotations

from pathlib import Path

from pilotage.atomic import write_text
from pilotage.problems import Problem, ProblemsFound, kind
from pilotage.protocol.load import FILE, find

NOT_EMPTY = kind("PROTOCOL-008", "The folder of a new study is not empty")

README = """\
# {title}

This folder is a study. Everything about it is derived from `protocol.yaml`.

1. Change `protocol.yaml` until it says what you will do. `{{unknown: why}}` may stand for what you do not know yet.
2. `pilotage check .` says what is wrong with it, all at once, and where.
3. `pilotage rehearse .` plays the whole study with simulated people; nothing real is needed.
4. `pilotage report .` writes the report.

`instruments/` is for questionnaires that the library does not have; `wording/` for the licensed words of
questionnaires and for your consent texts. An editor that knows JSON Schema can help while you write:
`pilotage schema --out protocol.schema.json`.
"""

INSTRUMENTS = """\
Questionnaires of your own, each in a folder: `<id>/instrument.yaml`, with `cases.csv` beside it.
One of the same id as one of the library wins over it. Copy one that is like yours:
`pilotage instruments show pss-10` explains what a file says. Leave this folder empty if you need none.
"""

WORDING = """\
The words of questionnaires belong to their authors, so none come with Pilotage. With a licence, put them here, one
file a questionnaire and language: `<instrument>.<language>.yaml`. `pilotage wording template . pss-10 en` writes an
empty one, and `pilotage wording check .` says what is wrong or missing. Consent texts are here too:
`consent.v1.<language>.md`. Those that came with this folder are examples: write your own, and have them judged.
Do not publish this folder.
"""


def begin(folder: Path, source: str = "imp") -> tuple[Path, ...]:
    """Fill a new or empty folder with a protocol of the library; the files written.

    Raises
    ------
    ProblemsFound
        When there is no such protocol, or the folder holds something already, or cannot be written.
    """
    file = find(source)
    if folder.is_dir() and any(folder.iterdir()):
        message = f"'{folder}' is not empty, and nothing in it is overwritten."
        raise ProblemsFound([Problem(NOT_EMPTY, message, "Name a new folder.")])
    texts = {
        FILE: file.read_text(encoding="utf-8"),
        "README.md": README.format(title=folder.resolve().name),
        "instruments/README.md": INSTRUMENTS,
        "wording/README.md": WORDING,
    } | _consent_texts(file.parent)
    for name, text in texts.items():
        write_text(folder / name, text)
    return tuple(folder / name for name in texts)


def _consent_texts(study: Path) -> dict[str, str]:
    """Return the example consent texts beside a protocol, by their place; questionnaires' words stay behind."""
    return {
        f"wording/{file.name}": file.read_text(encoding="utf-8") for file in sorted(study.glob("wording/consent*.md"))
    }
