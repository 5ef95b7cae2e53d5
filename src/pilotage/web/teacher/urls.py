"""Addresses: what a teacher sees."""

from typing import Any

app_name = "teacher"
urlpatterns: list[Any] = []
