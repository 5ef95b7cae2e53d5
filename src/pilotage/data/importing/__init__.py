"""A person's file of answers becomes study data: all of it, or a list of everything that is wrong."""
