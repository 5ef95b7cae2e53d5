"""Runs the analysis plan of a protocol on the data of a study."""
