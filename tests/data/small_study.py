"""A small study for tests of data: two arms, two occasions, a three-item instrument, and two forms."""

from pathlib import Path

from pilotage.protocol.load import LoadedProtocol, load

CALM_3 = """
id: calm-3
name: Calm, three items of our own
abbreviation: CALM-3
measures: calm, for tests
recall: today
items: 3
response: {minimum: 0, maximum: 4, anchors: {0: never, 4: always}}
reverse: [2]
missing: {rule: complete}
scales: [{id: total, label: Calm, items: all}]
key: {status: confirmed, evidence: made for tests}
licence: {terms: ours, holder: Pilotage, ask: nobody}
references: [{cite: none, doi: {unknown: made for tests}}]
"""

PROTOCOL = """
pilotage: 1
study:
  id: small
  title: A small study
  design: controlled, before and after
  randomised: false
  aim: to test the reading of data
  centres: [{id: here, name: Here, place: Nowhere}]
  registration: {unknown: a test}
  funding: {unknown: a test}
  conflicts: {unknown: a test}
  languages: [en]
  time_zone: Europe/Stockholm
arms:
  - {id: training, label: Training, receives: the training, programme: true, allocation: own choice}
  - {id: control, label: Control, receives: nothing, programme: false, allocation: invited}
eligibility: {include: [], exclude: none specified}
ethics: {outcome: exempt, committee: none, number: {unknown: a test}, reference: {unknown: a test},
  date: {unknown: a test}, grounds: {unknown: a test}}
consent:
  versions: [{id: v1, starts: {unknown: a test}, text: consent.md}]
  withdrawal: {keep_answers: ask, erase: ask}
roles: {may: [{id: researcher, sees: [coded data]}]}
programme:
  name: Training in calm
  manual: {id: calm, title: Calm, authors: us, year: 2026, language: en}
  group: {minimum: 2, maximum: 12}
  teachers: {number: 1, qualification: none}
  canonical: {sessions: 2, minutes: 60, every: 1 week}
  delivered: {sessions: 2, minutes: 60, every: 1 week}
  completion: 2
  blocks: [{id: sitting, label: Sitting, kind: meditation, minutes: 60}]
  sessions:
    - {delivered: 1, canonical: 1, theme: calm, guidelines: all, contemplations: []}
    - {delivered: 2, canonical: 2, theme: calmer, guidelines: all, contemplations: []}
  home_practice: {asked: {minutes_a_day: [10, 20]}, kinds: [{id: formal, label: Sitting at home}]}
instruments: [calm-3]
forms:
  - id: about-you
    title: About you
    items:
      - {id: age, kind: number, unit: years, minimum: 18, maximum: 100, ask: How old are you?}
      - {id: gender, kind: choice, options: [woman, man, other], ask: Your gender?}
      - {id: languages, kind: choices, options: [sv, nl, en], ask: Which languages do you speak?}
      - {id: trained-on, kind: date, ask: When were you last trained?}
  - id: evaluation
    title: Evaluation
    items:
      - {id: grade, kind: rating, from: 0, to: 10, ask: Which grade do you give?}
      - {id: sitting, kind: number, unit: minutes a week, minimum: 0, ask: How long did you sit?}
      - {id: walking, kind: number, unit: minutes a week, minimum: 0, ask: How long did you walk?}
      - {id: missed, kind: text, may_identify: true, ask: What did you miss?}
derived:
  - {id: practice, label: Practice a week, sum: [evaluation.sitting, evaluation.walking], unit: minutes a week}
assessments:
  - {id: pre, label: Before, when: {before: session 1}, arms: [training, control], instruments: all, forms: [about-you],
     control_follows: the cohort of the same time}
  - {id: post, label: After, when: {after: last session}, arms: [training, control], instruments: all,
     control_follows: the cohort of the same time}
  - {id: evaluation, label: Evaluation, when: {after: last session}, arms: [training], forms: [evaluation]}
analysis:
  locked: {unknown: a test}
  outcomes: {main: [{scale: calm-3.total, label: Calm, better: higher}]}
  comparisons: [{id: pre-post, label: Before and after, assessments: [pre, post]}]
  reliability: {at_least: 0.7, at: pre}
  missing: {items: by instrument, occasions: {paper-2020: complete cases}}
  presets: [paper-2020]
"""


def small_study(folder: Path) -> LoadedProtocol:
    """The study, written into a folder and loaded from it."""
    instrument = folder / "instruments" / "calm-3" / "instrument.yaml"
    instrument.parent.mkdir(parents=True)
    instrument.write_text(CALM_3, encoding="utf-8")
    (folder / "protocol.yaml").write_text(PROTOCOL, encoding="utf-8")
    return load(folder)


def rows(table: str) -> dict[str, list[str | None]]:
    """A table typed in a test, as columns; '-' is a blank."""
    lines = [line.split() for line in table.strip().splitlines()]
    columns = zip(*lines[1:], strict=True) if len(lines) > 1 else [()] * len(lines[0])
    return {name: [None if c == "-" else c for c in cells] for name, cells in zip(lines[0], columns, strict=True)}
