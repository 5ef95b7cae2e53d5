"""Addresses: the server and its studies."""

from typing import Any

app_name = "administrator"
urlpatterns: list[Any] = []
