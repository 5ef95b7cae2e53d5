"""Pilotage: a group programme run as a feasibility study, from one protocol file to the report."""

__version__ = "0.2.0.dev0"
