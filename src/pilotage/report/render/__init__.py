"""The document drawn: HTML, Word, text, CSV and figures."""
