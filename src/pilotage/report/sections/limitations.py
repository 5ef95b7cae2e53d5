"""What this study cannot tell, from the facts found in it."""

from __future__ import annotations

from pilotage.report.limitations import limitations_found
from pilotage.report.model.context import Context
from pilotage.report.model.document import Bullets, Paragraph, Section


def limitations(context: Context) -> Section:
    """The limitations whose facts were found; a reader will know of others."""
    found = limitations_found(context)
    lead = "Each point stands here because its fact was found in the protocol or the data. There may be others."
    if not found:
        return Section("limitations", "Limitations", (Paragraph("None of the facts that are looked for was found."),))
    return Section("limitations", "Limitations", (Paragraph(lead, "note"), Bullets(found)))
