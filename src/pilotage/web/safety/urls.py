"""Addresses: reports of something unpleasant."""

from typing import Any

app_name = "safety"
urlpatterns: list[Any] = []
