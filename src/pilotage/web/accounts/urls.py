"""Addresses of signing in and out."""

from typing import Any

urlpatterns: list[Any] = []
