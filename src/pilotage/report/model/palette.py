"""The report's colours by name, in the light and the dark theme; Word and printed pages use the light one."""

from __future__ import annotations

from typing import Literal

Colour = Literal[
    "page", "surface", "ink", "muted", "rule", "accent", "soft",
    "green", "amber", "red", "warned", "stamp", "stamped", "arm1", "arm2", "arm3", "arm4",
]  # fmt: skip

LIGHT: dict[Colour, str] = {
    "page": "#faf8f5",
    "surface": "#ffffff",
    "ink": "#262320",
    "muted": "#635c54",
    "rule": "#dcd6cd",
    "accent": "#1f6f78",
    "soft": "#e9f1f1",
    "green": "#2d6a3e",
    "amber": "#8a5a00",
    "red": "#a3342c",
    "warned": "#fdf3dd",
    "stamp": "#f6dfa6",
    "stamped": "#4f3500",
    "arm1": "#1f6f78",
    "arm2": "#b3591b",
    "arm3": "#6d4a94",
    "arm4": "#55606b",
}

DARK: dict[Colour, str] = {
    "page": "#191715",
    "surface": "#211f1c",
    "ink": "#ece7df",
    "muted": "#b3aaa0",
    "rule": "#423d38",
    "accent": "#72c5cd",
    "soft": "#233234",
    "green": "#8ccf9b",
    "amber": "#e6b65a",
    "red": "#f0968d",
    "warned": "#332a17",
    "stamp": "#5a4310",
    "stamped": "#ffe9b8",
    "arm1": "#72c5cd",
    "arm2": "#eca06b",
    "arm3": "#bfa1e6",
    "arm4": "#b3bcc6",
}
