"""Chores of those who work on Pilotage; none of it is installed."""
