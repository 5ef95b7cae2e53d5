"""The interface's words in other languages: gathered from the code, merged into the catalogues, and compiled.

python -m tools.messages gathers; installing compiles (hatch_build.py), and so do the tests.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "src" / "pilotage" / "web"
LOCALE = WEB / "locale"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def catalogues() -> list[Path]:
    """Return the catalogue of every language but English, which is written in the code."""
    return sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))


def gathered() -> Catalog:
    """Return every message of the code and the templates, with its place."""
    catalog = Catalog(project="pilotage", charset="utf-8")
    for file, source in _sources():
        place = str(file.relative_to(ROOT))
        for line, message, comments, context in extract("python", io.BytesIO(source), KEYWORDS, ["Translators:"]):
            catalog.add(message, None, [(place, line)], auto_comments=comments, context=context)
    return catalog


def read(file: Path) -> Catalog:
    """Read a catalogue."""
    with file.open("rb") as opened:
        return read_po(opened, locale=file.parent.parent.name)


def merge(file: Path) -> None:
    """Bring a catalogue in step: new messages come in without words, and those of no use go."""
    catalogue = read(file)
    catalogue.update(gathered(), no_fuzzy_matching=True, keep_user_comments=True)
    catalogue.obsolete.clear()
    out = io.BytesIO()
    write_po(out, catalogue, width=120, sort_output=True, omit_header=False, include_lineno=False)
    file.write_bytes(out.getvalue())


def untranslated(catalogue: Catalog) -> Iterator[Message]:
    """Return the messages without a translation, or with one that is only a guess."""
    for message in catalogue:
        words = message.string if isinstance(message.string, list | tuple) else (message.string,)
        if message.id and (message.fuzzy or not all(words)):
            yield message


def compile_all() -> None:
    """Write what the server reads, beside each catalogue that changed since."""
    for file in catalogues():
        compiled = file.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= file.stat().st_mtime:
            continue
        out = io.BytesIO()
        write_mo(out, read(file))
        fresh = compiled.with_suffix(f".{os.getpid()}")
        fresh.write_bytes(out.getvalue())
        fresh.rename(compiled)  # a server that starts meanwhile finds the old one or the new


def _sources() -> Iterator[tuple[Path, bytes]]:
    for file in sorted(WEB.rglob("*.py")):
        yield file, file.read_bytes()
    for file in sorted((WEB / "templates").rglob("*")):
        if file.suffix in (".html", ".txt"):
            yield file, _templatized(file).encode()


def _templatized(file: Path) -> str:
    """Return Python code with the same messages as the template."""
    from django.utils.translation.template import templatize

    code: str = templatize(file.read_text(encoding="utf-8"), origin=str(file))
    return "\n".join(
        line.strip() for line in code.splitlines()
    )  # what is no message is blotted out, indented as it was


if __name__ == "__main__":
    from django.conf import settings

    settings.configure(USE_I18N=True)
    for catalogue_file in catalogues():
        merge(catalogue_file)
        missing = sum(1 for _ in untranslated(read(catalogue_file)))
        print(f"{catalogue_file.relative_to(ROOT)}: {missing} messages without words")
    compile_all()
    sys.exit(0)
