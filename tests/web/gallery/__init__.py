"""Sample pages of every kind, to look at and to copy from."""
