"""Numbers that others have published, and whether they can be so: arithmetic on what a paper prints."""
