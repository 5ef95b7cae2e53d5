"""What a view is about, or the page that says it was not found."""

from __future__ import annotations

from django.http import Http404


def or_404[T](row: T | None) -> T:
    """Return what a query has for this user; raise Http404 where it has nothing, or nothing that they may see."""
    if row is None:
        raise Http404
    return row
