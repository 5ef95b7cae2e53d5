"""The few marks of Markdown that texts of a study use, as HTML; everything else is shown as it was written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

_HEADING = re.compile(r"^(#{1,4}) +(.+?) *#*$")
_BULLET = re.compile(r"^[-*] +(.+)$")
_NUMBERED = re.compile(r"^\d+[.)] +(.+)$")
_STRONG = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_EMPHASIS = re.compile(r"(?<![\w*])([*_])(?=\S)(.+?)(?<=\S)\1(?![\w*])")


def html(text: str, *, below: int = 1) -> SafeString:
    """Return a text as HTML: headings, paragraphs, lists and emphasis.

    ``below`` is the level of the heading that the text stands under.
    """
    blocks = re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").strip())
    pieces = (piece for block in blocks for piece in _block(block.split("\n"), below))
    return mark_safe("\n".join(pieces))


def _block(lines: list[str], below: int) -> Iterator[str]:
    while lines:
        heading = _HEADING.match(lines[0])
        if heading:
            level = min(len(heading[1]) + below, 6)
            yield f"<h{level}>{_inline(heading[2])}</h{level}>"
            lines = lines[1:]
            continue
        kind = _kind(lines[0])
        taken = next((n for n, line in enumerate(lines) if n and _kind(line) not in (kind, "")), len(lines))
        if kind == "p":
            taken = next((n for n, line in enumerate(lines) if n and _kind(line) != "p"), len(lines))
            yield f"<p>{_inline(' '.join(line.strip() for line in lines[:taken]))}</p>"
        else:
            yield _list(kind, lines[:taken])
        lines = lines[taken:]


def _kind(line: str) -> str:
    """Return what a line begins: a list, a heading, a paragraph; nothing where it goes on with a list's item."""
    if _HEADING.match(line):
        return "h"
    if _BULLET.match(line):
        return "ul"
    if _NUMBERED.match(line):
        return "ol"
    return "" if line.startswith((" ", "\t")) else "p"


def _list(kind: str, lines: list[str]) -> str:
    mark, items = _BULLET if kind == "ul" else _NUMBERED, []
    for line in lines:
        item = mark.match(line)
        if item:
            items.append(item[1])
        elif items:
            items[-1] += f" {line.strip()}"
        else:
            items.append(line.strip())
    return f"<{kind}>{''.join(f'<li>{_inline(item)}</li>' for item in items)}</{kind}>"


def _inline(text: str) -> str:
    marked = _STRONG.sub(r"<strong>\1</strong>", escape(text))
    return _EMPHASIS.sub(r"<em>\2</em>", marked)
