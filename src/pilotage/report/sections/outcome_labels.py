"""Names of roles of outcomes and of corrections, as tables and sentences print them."""

from __future__ import annotations

ROLES = {
    "main": "Main outcomes",
    "secondary": "Secondary outcomes",
    "if_reliable": "Outcomes compared only if reliable",
}
METHODS = {"holm": "Holm", "hochberg": "Hochberg", "hommel": "Hommel", "benjamini-hochberg": "Benjamini-Hochberg"}
