"""Secrets that open a door: long, random, and kept as a hash."""

from __future__ import annotations

import hashlib
import secrets

_BYTES = 24


def new_token() -> str:
    """Draw 192 random bits, as 32 characters that a mail program leaves whole."""
    return secrets.token_urlsafe(_BYTES)


def hashed(token: str) -> str:
    """Hash a token, as it is kept; so many random bits need no salt and no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()
