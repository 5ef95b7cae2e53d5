"""The face of the study for one kind of person: reports of something unpleasant."""
