"""The words of an instrument in one language: a file of the site's own, for they are other people's."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from hashlib import sha256
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from pilotage.instruments.definition import Instrument, InstrumentId, ItemNumber
from pilotage.yaml_file import OrUnknown, Part


def _tidied(value: Any) -> Any:
    """Return the text as people see it, so that files that look alike are alike; nothing at all is an empty text."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return value
    text = unicodedata.normalize("NFC", value).replace("\r\n", "\n")
    return re.sub(r" *\n *", "\n", re.sub(r"[ \t]+", " ", text)).strip()


Words = Annotated[str, BeforeValidator(_tidied), StringConstraints(max_length=4000)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]

NONE_PRINTED = "none"


class Wording(Part):
    """One wording file, whole; see docs/howto/put-in-the-wording.md."""

    pilotage: Literal[1] = 1
    instrument: InstrumentId
    language: Language = Field(description="the language's code, such as en or nl")
    source: OrUnknown[Words] = Field(description="the edition, and who gave permission to use it")
    title: Words = Field("", description="what people read above it; left empty, the instrument's name")
    instructions: Words = Field(description="what people read first; 'none' where the edition prints none")
    labelled: Literal["every code", "both ends"] | Annotated[list[int], Field(min_length=2)] = Field(
        "every code", description="at which answers the edition prints words: every code, both ends, or these codes"
    )
    anchors: dict[int, Words] = Field(description="the words at the answers, by code")
    items: dict[ItemNumber, Words] = Field(description="the text of every item, by number")
    notes: dict[ItemNumber, Words] = Field({}, description="what the edition prints beneath an item, by its number")
    alike: list[ItemNumber] = Field([], description="items that have the same text, and are meant to")

    def labelled_codes(self, instrument: Instrument) -> Sequence[int]:
        """Return the codes that must have an anchor."""
        codes = instrument.response.codes
        match self.labelled:
            case "every code":
                return codes
            case "both ends":
                return (codes[0], codes[-1])
        return self.labelled

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the content, which a second person signs; comments and layout do not change it."""
        content = self.model_dump(mode="json", exclude={"pilotage"})
        return sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    @property
    def short_fingerprint(self) -> str:
        """The fingerprint as it is printed: its first twelve digits."""
        return self.fingerprint[:12]
