"""The face of the study for one kind of person: what a teacher sees."""
