"""What the study's rules refuse, said for the person who asked."""

from __future__ import annotations


class ActionRefused(Exception):  # noqa: N818  it reads as what happened, and is no error of the program
    """A rule of the study stands against what was asked; the message says which, and what to do."""
