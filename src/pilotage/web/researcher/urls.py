"""Addresses: what a researcher sees."""

from typing import Any

app_name = "researcher"
urlpatterns: list[Any] = []
