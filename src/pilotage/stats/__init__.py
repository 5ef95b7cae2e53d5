"""Statistics on plain arrays: each function is one method, named, sourced and proved against R."""
