"""The calendar that a person's own program reads: sessions alone, and nothing of anybody."""
