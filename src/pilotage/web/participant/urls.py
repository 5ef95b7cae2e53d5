"""Addresses: what a participant sees on a phone."""

from typing import Any

app_name = "participant"
urlpatterns: list[Any] = []
