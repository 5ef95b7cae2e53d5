"""What those see who handle safety reports: the inbox, each report, and what was judged and done."""
