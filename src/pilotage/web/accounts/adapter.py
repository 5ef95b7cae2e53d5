"""allauth as we use it: nobody signs themselves up."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by administrators."""

    def is_open_for_signup(self, request: Any) -> bool:
        """Never."""
        return False
