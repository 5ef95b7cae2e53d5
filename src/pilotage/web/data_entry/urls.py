"""Addresses: paper forms, keyed twice."""

from typing import Any

app_name = "data-entry"
urlpatterns: list[Any] = []
