"""The protocol with a fact flipped, whatever else it says."""

from dataclasses import replace
from typing import Any

from pydantic import BaseModel

from pilotage.report.sections.context import Context


def changed(context: Context, **facts: Any) -> Context:
    """A context whose protocol has these values: ``study={"randomised": True}`` changes one key of the study."""
    protocol = context.loaded.protocol
    updates = {}
    for name, value in facts.items():
        part = getattr(protocol, name)
        updates[name] = (
            part.model_copy(update=value) if isinstance(part, BaseModel) and isinstance(value, dict) else value
        )
    return replace(context, loaded=replace(context.loaded, protocol=protocol.model_copy(update=updates)))
