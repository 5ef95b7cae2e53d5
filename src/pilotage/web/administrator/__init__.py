"""The face of the study for one kind of person: the server and its studies."""
