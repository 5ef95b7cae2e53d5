"""Addresses: what a coordinator sees."""

from typing import Any

app_name = "coordinator"
urlpatterns: list[Any] = []
