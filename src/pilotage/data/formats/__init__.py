"""Other programs' files, read into the tidy tables."""
