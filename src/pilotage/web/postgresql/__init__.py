"""PostgreSQL as a study's records need it: one writer at a time, so that no two wait for each other in a circle."""
