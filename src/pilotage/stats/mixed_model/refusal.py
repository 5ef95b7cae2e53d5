"""Why a mixed model was not fitted."""

from __future__ import annotations


class MixedModelError(ValueError):
    """The data do not give one trustworthy estimate; the message says why."""
