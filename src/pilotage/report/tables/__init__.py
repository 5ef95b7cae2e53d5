"""Tables that more than one document shows."""
