"""A sound protocol, small enough to read, for tests that spoil one thing at a time."""

from __future__ import annotations

from pathlib import Path

from pilotage.problems import Problem, ProblemsFound
from pilotage.protocol.load import LoadedProtocol, load

SOUND = """\
pilotage: 1
study:
  id: calm
  title: A course in calm
  design: two arms, not randomised
  randomised: false
  aim: To see whether the course can be given.
  centres: [{id: home, name: The Centre, place: Groningen}]
  people:
    - {name: Ada, roles: [researcher]}
    - {name: Ben, roles: [teacher]}
  registration: {unknown: not yet}
  funding: none
  conflicts: none
  languages: [en, nl]
  time_zone: Europe/Amsterdam
arms:
  - {id: training, label: Training, receives: the course, programme: true, allocation: own choice}
  - {id: control, label: Control, receives: nothing, programme: false, allocation: invited}
eligibility:
  include:
    - {id: adult, arms: [training, control], text: is an adult}
  exclude: none specified
ethics: {outcome: approved, committee: METc, number: "1", reference: "2", date: 2026-01-10, grounds: reviewed}
consent:
  versions:
    - {id: v1, starts: 2026-02-01, text: wording/consent.md,
       statements: [{id: free, text: {en: I am free., nl: Ik ben vrij.}}]}
    - {id: v2, starts: 2026-03-01, text: wording/consent.v2.md}
  withdrawal: {keep_answers: ask, erase: ask}
roles:
  may:
    - {id: teacher, sees: [attendance], never: [responses]}
    - {id: researcher, sees: [coded data], never: [identity]}
    - {id: safety-contact, sees: [safety]}
  never_one_person: [[teacher, researcher]]
  one_person_with_reason: [[safety-contact, researcher]]
programme:
  name: Calm
  manual: {id: m, title: M, authors: A, year: 2020, language: en}
  guidelines: [pause, listen]
  group: {minimum: 4, maximum: 8}
  teachers: {number: 1, qualification: trained}
  canonical: {sessions: 2, minutes: 60, every: 1 week, practice_day: {after: 1, minutes: 300}}
  delivered: {sessions: 3, minutes: 60, every: 1 week}
  completion: 2
  blocks:
    - {id: arrival, label: Arrival, kind: meditation, minutes: 20}
    - {id: pairs, label: Pairs, kind: practice, in: pairs, rounds: dyad, minutes: 40}
  rounds:
    dyad: [{who: A, does: speaks}]
    triad: [{who: A, does: speaks}]
  pairing: {odd: triad, teacher_may_join: false, small_groups_from_session: 2}
  sessions:
    - {delivered: 1, canonical: 1, theme: arriving, guidelines: [pause], contemplations: []}
    - {delivered: 2, replaces: practice day, theme: resting, guidelines: all, contemplations: []}
    - {delivered: 3, canonical: 2, theme: leaving, guidelines: [listen], contemplations: []}
  home_practice: {asked: {minutes_a_day: [20, 30]}, kinds: [{id: formal, label: Formal, quick: [10, 20]}]}
  materials: [{id: book, title: Book, kind: manual, language: en, source: us, licence: ours, released: 1,
               file: "materials/book.{language}.pdf"}]
instruments: [pss-10, eq-40]
forms:
  - id: start
    title: {en: Start, nl: Begin}
    items:
      - {id: age, kind: number, unit: years, minimum: 18, maximum: 99, ask: {en: How old?, nl: Hoe oud?}}
  - id: end
    title: End
    items:
      - {id: grade, kind: rating, from: 0, to: 10, anchors: {0: poor}, ask: Which grade?}
      - {id: place, kind: rating, from: 1, to: 5, ask: The place?}
      - {id: food, kind: rating, from: 1, to: 5, ask: The food?}
      - {id: again, kind: choice, options: ["yes", "no"], ask: Again?}
      - {id: why, kind: text, show_if: again is no, codes: [{id: time, label: time}], ask: Why not?}
      - {id: minutes, kind: number, unit: minutes a week, minimum: 0, maximum: 900, ask: How many minutes?}
      - {id: used, kind: choices, options: [home, work], ask: Where?}
      - {id: day, kind: date, earliest: 2026-01-01, latest: 2026-12-31, ask: Which day?}
  - id: harm
    title: Harm
    items:
      - {id: unpleasant, kind: choice, options: ["no", "yes"], ask: Anything unpleasant?}
derived:
  - {id: comfort, label: Comfort, sum: [end.place, end.food], range: [2, 10]}
  - {id: practised, label: Practised, sum: [end.minutes]}
assessments:
  - {id: pre, label: Pre, when: {before: session 1, within: 3 weeks}, arms: [training, control], instruments: all,
     forms: [start], control_follows: the cohort}
  - {id: post, label: Post, when: {after: last session, within: 3 weeks}, arms: [training, control],
     instruments: all, control_follows: the cohort}
  - {id: end, label: End, when: {after: last session, within: 1 day}, arms: [training], forms: [end]}
  - {id: harms, label: Harms, when: any time, arms: [training, control], forms: [harm]}
safety:
  asked: any time
  ascertainment: systematic
  contact: us
  deputy: them
  deputy_after: 1 day
  kinds: [strain, other]
  form: harm
  happened: unpleasant is yes
  alerts:
    - {id: stress, of: pss-10.total, limit: ">= 27", why: much}
    - {id: nervous, of: pss-10.item 3, limit: ">= 4", why: most}
    - {id: comfort, of: end.food, limit: "<= 1", why: least}
access: {staff_idle: 20 minutes}
feasibility:
  framework: Bowen
  set_by: us
  set_on: 2026-01-01
  domains:
    - id: acceptability
      label: Acceptability
      indicators:
        - {id: grade, label: Grade, measure: mean, of: end.grade, denominator: who answered,
           criterion: {green: ">= 7", red: "< 6", why: seven is good}}
        - {id: again, label: Again, measure: share, of: end.again, counts: ["yes"], arms: [training],
           denominator: who answered, criterion: {green: ">= 75%", red: "< 50%", why: most}}
        - {id: comfort, label: Comfort, measure: mean, of: comfort, denominator: who answered}
    - id: practicality
      label: Practicality
      indicators:
        - {id: came, label: Came, measure: share, of: attendance, at_least: 2, denominator: all}
        - {id: held, label: Held, measure: share, of: sessions, counts: [held], denominator: sessions}
        - {id: returned, label: Returned, measure: share, of: administrations, assessment: post, denominator: all}
        - {id: uptake, label: Uptake, measure: share, of: flow, counts: [consented], out_of: approached,
           denominator: approached}
    - {id: expansion, label: Expansion, status: not applicable, why: one place only}
analysis:
  locked: before the first freeze
  outcomes:
    main:
      - {scale: pss-10.total, label: Stress, better: lower}
    secondary:
      - {scale: eq-40.total, label: Empathy, better: higher}
  families: [{id: main, outcomes: [main], adjust: [holm]}]
  comparisons: [{id: pre-post, label: Before and after, assessments: [pre, post]}]
  reliability: {at_least: 0.7, at: pre}
  baseline: {items: [start.age], compared: [start.age]}
  practice: {variable: practised, arm: training, assessment: end}
  missing: {items: by instrument, occasions: {paper-2020: complete cases, recommended: everyone with a score}}
  presets: [paper-2020, recommended]
  recommended: {reference: control, estimand: change whatever happened, covariates: [start.age], set_on: 2026-01-01}
  switches: {eq-40: {item-23: agree}}
  instrument_notes: {eq-40: scored by points}
simulation:
  start: 2026-03-01
  people: {training: [6, 5], control: [9]}
  answers:
    - {item: end.grade, number: {mean: 8, sd: 1, low: 6, high: 10}}
    - {item: end.again, counts: {"yes": 9, "no": 2}}
  scales:
    - {scale: pss-10.total, mean: 15, sd: 5}
  comments:
    - {item: end.why, code: time, text: No time.}
  reactions:
    - {kind: strain, description: A quarrel.}
"""


def write(folder: Path, text: str = SOUND) -> Path:
    """The protocol in a folder of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "protocol.yaml").write_text(text, encoding="utf-8")
    return folder


def spoilt(old: str, new: str) -> str:
    """The sound protocol with one thing replaced."""
    assert SOUND.count(old) == 1, f"'{old}' stands in the sound protocol {SOUND.count(old)} times"
    return SOUND.replace(old, new)


def allocated(how: str, *, randomised: bool) -> str:
    """The sound protocol, randomised or not, with what it says of allocation."""
    text = spoilt("randomised: false", f"randomised: {str(randomised).lower()}")
    return f"{text}allocation: {how}\n"


def problems(folder: Path, text: str) -> tuple[Problem, ...]:
    """What is wrong with a protocol."""
    try:
        load(write(folder, text))
    except ProblemsFound as found:
        return found.problems
    return ()


def loaded(folder: Path, text: str = SOUND) -> LoadedProtocol:
    """The protocol, loaded."""
    return load(write(folder, text))
