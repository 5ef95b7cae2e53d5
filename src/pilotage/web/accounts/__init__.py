"""Who is there: staff by password and second factor, participants by their own link; and what their role opens."""
