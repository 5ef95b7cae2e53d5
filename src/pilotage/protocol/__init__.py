"""A study as one file: what is asked, delivered, judged and analysed, and when."""
