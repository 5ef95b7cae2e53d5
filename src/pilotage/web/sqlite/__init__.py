"""SQLite as a study's records need it: nothing acknowledged is lost, and no two writers fail each other."""
