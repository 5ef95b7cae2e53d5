"""The document as frozen parts, and how its values become words."""
