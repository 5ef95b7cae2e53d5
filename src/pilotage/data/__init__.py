"""The tidy tables of a study: declared once, read, written, imported and simulated."""
