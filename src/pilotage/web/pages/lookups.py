"""How a view finds what it is about, or says that nothing was found."""

from __future__ import annotations

from typing import TypeVar

from django.http import Http404

T = TypeVar("T")


def or_404(row: T | None) -> T:
    """Return what a query has for this person; raise Http404 where it has nothing that they may see."""
    if row is None:
        raise Http404
    return row
