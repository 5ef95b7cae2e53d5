"""Questionnaires and forms as pages to print: filled in by hand, or proved against the licensed edition."""
