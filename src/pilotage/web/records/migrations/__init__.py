"""The tables, and the guards that stand in the database itself."""
