"""The JSON Schema of the files that people write, for editors that complete and underline while one types."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from pilotage.instruments.definition import Instrument
from pilotage.protocol.protocol import Protocol

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def protocol_schema() -> dict[str, Any]:
    """Return the schema of protocol.yaml."""
    return _schema(Protocol, "A study's protocol (protocol.yaml)")


def instrument_schema() -> dict[str, Any]:
    """Return the schema of instrument.yaml."""
    return _schema(Instrument, "An instrument (instrument.yaml)")


def _schema(model: type[BaseModel], title: str) -> dict[str, Any]:
    return {"$schema": DRAFT} | model.model_json_schema(by_alias=True, mode="validation") | {"title": title}
