"""Promises about what administrators do."""
