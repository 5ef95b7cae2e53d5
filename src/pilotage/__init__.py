"""Pilotage: a group programme run as a feasibility study, from one protocol file to the report."""

__version__ = "0.1.0"
