"""A living site with simulated people, to look round in: everything in it says SIMULATED."""
