"""The face of the study for one kind of person: paper forms, keyed twice."""
