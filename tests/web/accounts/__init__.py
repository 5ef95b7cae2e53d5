"""Promises about signing in."""
