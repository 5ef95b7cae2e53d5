"""A sound instrument file and its folder, for tests that change one thing in it."""

from pathlib import Path

SOUND = """\
pilotage: 1
id: calm-4
name: Calm Scale
abbreviation: CALM
measures: Calm.
recall: last week
items: 5
response:
  minimum: 0
  maximum: 4
  anchors: {0: never, 4: very often}
reverse: [2]
fillers: [5]
missing: {rule: prorate, at_most: 0.2}
scales:
  - {id: calm, items: [1, 2]}
  - {id: ease, items: [3, 4]}
  - {id: total, of: [calm, ease], method: sum_of_scales}
taken_from:
  calm-9: [1, 2, 4, 8, 9]
key: {status: one source, evidence: our own}
licence: {terms: free, holder: us, ask: us}
references:
  - {cite: Us 2026, doi: 10.1234/calm}
"""


def write(folder: Path, text: str = SOUND, name: str = "calm-4") -> Path:
    """The file ``<folder>/<name>/instrument.yaml`` with this text."""
    file = folder / name / "instrument.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file
