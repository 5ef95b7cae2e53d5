"""The calendar that a person's own calendar program reads: sessions only, and nothing about any person."""
