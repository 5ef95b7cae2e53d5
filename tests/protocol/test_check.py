"""One mistake at a time in a sound protocol: its code, its line, and words that name it."""

from pathlib import Path

import pytest

from pilotage.problems import kinds
from tests.protocol.sound import SOUND, allocated, problems, spoilt

# what stands there, what is written instead, the code, words of the message or the remedy
MISTAKES = [
    ("instruments: [pss-10, eq-40]", "instruments: [pss-10, eq-40, pqol-5]", "002", "Did you mean 'proqol-5'?"),
    ("instruments: [pss-10, eq-40]", "instruments: [pss-10, eq-40, mine-7]", "002", "add instruments/mine-7/instr"),
    ("- {id: control, label", "- {id: training, label", "003", "'training' is the id of two entries"),
    ("guidelines: [pause, listen]", "guidelines: [pause, listen, pause]", "004", "'pause' appears twice in this list"),
    ("languages: [en, nl]", "languages: [en, nl, Dutch]", "005", "'Dutch' is not the code"),
    ("title: {en: Start, nl: Begin}", "title: {en: Start, fr: Départ, nl: Begin}", "006", "given in 'fr'"),
    ("title: {en: Start, nl: Begin}", "title: {en: Start}", "006", "missing in 'nl'"),
    ("ask: Which grade?", "ask: ''", "007", "'ask' is empty"),
    ("zone: Europe/Amsterdam", "zone: Europe/Amsterdm", "010", "Did you mean 'Europe/Amsterdam'?"),
    ("adult, arms: [training, control]", "adult, arms: [training, contrl]", "011", "Did you mean 'control'?"),
    ("v2, starts: 2026-03-01", "v2, starts: 2026-01-20", "012", "starts on 2026-01-20"),
    ("v1, starts: 2026-02-01", "v1, starts: 2026-01-09", "013", "committee decided on 2026-01-10"),
    ("ethics: {outcome: approved", "ethics: {outcome: pending", "014", "decision is pending"),
    ("name: Ben, roles: [teacher]", "name: Ben, roles: [techer]", "015", "Did you mean 'teacher'?"),
    ("[[teacher, researcher]]", "[[teacher, monitor]]", "015", "no role 'monitor'"),
    ("sees: [coded data]", "sees: [coded data, identity]", "016", "which its 'never' forbids"),
    ("sees: [attendance]", "sees: [attendance, scores]", "017", "A teacher would see scores"),
    ("sees: [attendance]", "sees: [attendance], after_lock: [scores]", "017", "A teacher would see scores"),
    ("name: Ada, roles: [researcher]", "name: Ada, roles: [researcher, teacher]", "018", "Ada is both researcher and"),
    ("receives: the course, programme: true", "receives: the course, programme: false", "019", "No arm follows"),
    ("group: {minimum: 4", "group: {minimum: 12", "020", "smallest group has 12 people, the largest 8"),
    ("{delivered: 2, replaces", "{delivered: 4, replaces", "021", "Session 2 of the list is numbered 4"),
    ("delivered: {sessions: 3", "delivered: {sessions: 4", "022", "4 sessions are delivered, but 3 are described"),
    ("delivered: 3, canonical: 2", "delivered: 3, canonical: 1", "023", "canonical number 1 after 1"),
    ("delivered: 2, replaces: practice day", "delivered: 2", "023", "no canonical number and replaces nothing"),
    ("kind: meditation, minutes: 20", "kind: meditation, minutes: 25", "024", "take 65 minutes, but a session 60"),
    ("rounds: dyad, minutes", "rounds: diad, minutes", "025", "Did you mean 'dyad'?"),
    ("    triad: [{who: A, does: speaks}]\n", "", "025", "rounds of a triad are not described"),
    ("guidelines: [listen]", "guidelines: [lisen]", "026", "Did you mean 'listen'?"),
    ("licence: ours, released: 1", "licence: ours, released: 7", "027", "no session 7; there are 3"),
    ("practice_day: {after: 1", "practice_day: {after: 3", "027", "no session 3; there are 2"),
    ("when: {before: session 1,", "when: {before: session 12,", "027", "no session 12; there are 3"),
    ("completion: 2", "completion: 4", "028", "4 sessions of 3"),
    ("minutes_a_day: [20, 30]", "minutes_a_day: [30, 20]", "029", "from 30 to 20"),
    ("  pairing: {odd: triad, teacher_may_join: false, small_groups_from_session: 2}\n", "", "030", "in pairs"),
    ("kind: rating, from: 0, to: 10", "kind: rating, from: 10, to: 0", "031", "'grade' runs from 10 to 0"),
    ("minimum: 18, maximum: 99", "minimum: 99, maximum: 18", "031", "runs from 99"),
    ("latest: 2026-12-31", "latest: 2025-12-31", "031", "to 2025-12-31"),
    ("anchors: {0: poor}", "anchors: {11: poor}", "032", "anchor at 11"),
    ("sum: [end.place, end.food]", "sum: [end.place, end.fod]", "033", "Did you mean 'end.food'?"),
    ("show_if: again is no", "show_if: agin is no", "033", "Did you mean 'again'?"),
    ("show_if: again is no", "show_if: used is home", "034", "not asked before it"),
    ("show_if: again is no", "show_if: again is never", "035", "no answer to 'again' 'never'"),
    ("happened: unpleasant is yes", "happened: unpleasant is yess", "035", "Did you mean 'yes'?"),
    ("show_if: again is no", "show_if: again at least 3", "036", "does not suit 'again'"),
    ("options: [home, work]", "options: [at home, work]", "037", "id: at-home, label: at home"),
    ("sum: [end.minutes]", "sum: [end.again]", "038", "whose answers are not numbers"),
    ("compared: [start.age]", "compared: [end.again]", "038", "compared by a t test"),
    ("range: [2, 10]", "range: [0, 10]", "039", "add up to 2 to 10"),
    ("sum: [end.place, end.food], range: [2, 10]", "sum: [end.place, end.minutes]", "040", "different units"),
    ("sum: [end.place, end.food], range: [2, 10]", "sum: [end.place, start.age]", "040", "different forms"),
    ("arms: [training], forms: [end]}", "arms: [training], forms: [start]}", "041", "'end' is asked at no assessment"),
    ("id: comfort, label: Comfort, sum", "id: sessions, label: Comfort, sum", "042", "'sessions' is what indicators"),
    ("[training, control],\n     instruments: all", "[training, control],\n     instruments: [pss-01]", "043",
     "Did you mean 'pss-10'?"),
    ("instrument_notes: {eq-40", "instrument_notes: {eq-60", "043", "Did you mean 'eq-40'?"),
    ("arms: [training, control], forms: [harm]", "arms: [training, control], forms: [hrm]", "044", "mean 'harm'?"),
    ("instruments: [pss-10, eq-40]", "instruments: [pss-10, eq-40, scs-24-nl]", "045", "cannot be scored"),
    ("when: {after: last session, within: 1 day}", "when: {within: 1 day}", "046", "gives no event"),
    ("when: {after: last session, within: 1 day}", "when: {after: last session, from: 2 days, within: 1 day}", "046",
     "must be shorter"),
    ("instruments: all, control_follows: the cohort}", "instruments: all}", "047", "the arm 'control' has none"),
    ("[training], forms: [end]}", "[training]}", "048", "neither instruments nor forms"),
    ("assessments: [pre, post]", "assessments: [pre, pst]", "049", "Did you mean 'post'?"),
    ("assessment: post, denominator", "assessment: pots, denominator", "049", "Did you mean 'post'?"),
    ("of: end.grade", "of: end.grad", "050", "Did you mean 'end.grade'?"),
    ("measure: share, of: end.again", "measure: mean, of: end.again", "051", "A mean of 'end.again' cannot be taken"),
    ("measure: share, of: attendance", "measure: mean, of: attendance", "051", "A mean of attendance"),
    ("of: attendance, at_least: 2", "of: session minutes", "051", "A share of session minutes cannot be taken"),
    ("of: attendance, at_least: 2", "of: adaptations, counts: [coer]", "052", "Did you mean 'core'?"),
    ("of: attendance, at_least: 2", "of: adaptations", "053", "core, flexible, not judged, planned, ad hoc"),
    ("counts: [held]", "counts: [heldd]", "052", "Did you mean 'held'?"),
    ("out_of: approached", "out_of: aproached", "052", "Did you mean 'approached'?"),
    ('of: end.again, counts: ["yes"]', "of: end.again", "053", "Add 'counts', naming some of: yes, no"),
    ("of: attendance, at_least: 2", "of: attendance", "053", "Add 'at_least'"),
    ("out_of: approached,", "", "054", "Add 'out_of'"),
    ("counts: [held], denominator: sessions", "counts: [held], denominator: ''", "054", "does not say of whom"),
    ('red: "< 6"', 'red: "> 6"', "055", "both lie on one side"),
    ('red: "< 6"', 'red: "< 8"', "055", "a value could be both"),
    ('red: "< 6"', 'red: "< 6%"', "056", "Write a number without %"),
    ('green: ">= 75%"', 'green: ">= 75"', "056", "Write a percentage"),
    ("status: not applicable, why: one place only", "status: not applicable", "057", "no reason is given"),
    ("why: seven is good", "why: ''", "057", "gives no reason"),
    ("set_by: us", "set_by: {unknown: nobody knows}", "058", "'set_by' is given neither here nor"),
    ("status: not applicable, why: one place only", "status: assessed", "059", "no indicators and no evidence"),
    ('counts: ["yes"], arms: [training]', 'counts: ["yes"], arms: [control]', "060", "not asked in the arm 'control'"),
    ("at_least: 2, denominator", "at_least: 4, denominator", "061", "At least 4 sessions are asked for; there are 3"),
    ("scale: pss-10.total, label", "scale: pss-10.totl, label", "070", "Did you mean 'pss-10.total'?"),
    ("label: Stress, better: lower", "label: Stress, better: higher", "071", "Write 'better: lower'"),
    ("scale: eq-40.total, label: Empathy, better: higher", "scale: pss-10.total, label: Stress, better: lower", "072",
     "is already an outcome"),
    ("outcomes: [main]", "outcomes: [main, if_reliable]", "073", "and there are none"),
    ("assessments: [pre, post]", "assessments: [post, pre]", "074", "Their order is pre, post"),
    ("at_least: 0.7, at: pre", "at_least: 0.7, at: end", "075", "which asks no instrument"),
    ("arm: training, assessment: end", "arm: training, assessment: pre", "075", "not asked at 'pre'"),
    ("{paper-2020: complete cases, recommended: everyone with a score}", "{}", "076", "Add 'paper-2020: ...'"),
    ("{item-23: agree}", "{item-23: agreed}", "077", "Did you mean 'agree'?"),
    ("items: [start.age]", "items: []", "078", "not among 'items'"),
    ("assessments: [pre, post]", "assessments: [pre, end]", "079", "not asked at all assessments of any comparison"),
    ("presets: [paper-2020, recommended]", "presets: [paper-2020]", "084", "but not under 'presets'"),
    ("recommended: {reference: control", "recommended: {reference: contrl", "011", "Did you mean 'control'?"),
    ("covariates: [start.age]", "covariates: [end.grade]", "085", "may be an effect"),
    ("of: pss-10.total, limit", "of: pss-10.totl, limit", "089", "Did you mean 'pss-10.total'?"),
    ("of: pss-10.item 3", "of: pss-10.item 11", "089", "pss-10.item 1 to pss-10.item 10"),
    ("of: end.food", "of: end.why", "089", "end.food"),
    ("limit: \">= 27\", why", "limit: \">= 41\", why", "090", "runs from 0 to 40, so '>= 41' would never raise"),
    ("limit: \"<= 1\", why", "limit: \"<= 5\", why", "090", "would always raise"),
    ("limit: \">= 27\", why", "limit: \">= 27%\", why", "090", "Write a number without %"),
    ("of: end.food", "tells: coordinator, of: end.food", "015", "no role 'coordinator'"),
    ("  deputy_after: 1 day\n", "", "091", "'deputy' is given, but 'deputy_after'"),
    ("  deputy: them\n", "", "091", "Add 'deputy'"),
    ("  never_one_person: [[teacher, researcher]]\n", "", "092", "does not keep teacher and researcher apart"),
    ("[[safety-contact, researcher]]", "[{roles: [researcher, teacher], reason: few}]", "092", "whatever the reason"),
    ("Ada, roles: [researcher]", "Ada, roles: [researcher, safety-contact]", "093", "and no reason is given"),
    ("[[safety-contact, researcher]]", "[[safety-contact, resercher]]", "015", "Did you mean 'researcher'?"),
    ("quick: [10, 20]", "quick: [10, 20], asks: [times]", "094", "asks no minutes"),
    ("quick: [10, 20]", "quick: [10, 0]", "094", "offers 0 minutes"),
    ("staff_idle: 20 minutes", "staff_idle: 0 minutes", "095", "'staff_idle' is zero"),
    ("text: wording/consent.md", "text: ../consent.md", "096", "'../consent.md' leads out"),
    ("materials/book", "/materials/book", "096", "leads out of the study's folder"),
    ("{kind: strain, d", "{kind: strian, d", "097", "Did you mean 'strain'?"),
    ("text: {en: I am free., nl: Ik ben vrij.}", "text: ''", "007", "'text' is empty"),
    ('counts: {"yes": 9, "no": 2}', 'counts: {"yes": 9, "no": 3}', "080", "12 people answer"),
    ("mean: 15, sd: 5", "mean: 45, sd: 5", "081", "runs from 0 to 40"),
    ("low: 6, high: 10", "low: 6, high: 11", "081", "11 cannot be an answer"),
    ("people: {training: [6, 5], control: [9]}", "people: {training: [6, 5]}", "081", "'control' has no people"),
    ("comments:\n    - {item: end.why, code: time", "comments:\n    - {item: end.why, code: tme", "035", "'time'?"),
]  # fmt: skip


def test_the_sound_protocol_is_sound(tmp_path: Path) -> None:
    assert problems(tmp_path, SOUND) == ()


@pytest.mark.parametrize(("old", "new", "code", "words"), MISTAKES, ids=[f"{m[2]}-{m[3][:30]}" for m in MISTAKES])
def test_a_mistake_is_found_where_it_stands(tmp_path: Path, old: str, new: str, code: str, words: str) -> None:
    status = spoilt("time_zone: Europe/Amsterdam", "time_zone: Europe/Amsterdam\n  status: running")
    text = status.replace(old, new) if code == "014" else spoilt(old, new)

    found = [p for p in problems(tmp_path, text) if p.code == f"PROTOCOL-{code}"]

    assert found, f"no PROTOCOL-{code} among {problems(tmp_path, text)}"
    problem = next(p for p in found if words in f"{p.message}\n{p.remedy}")
    assert problem.remedy
    assert problem.file == "protocol.yaml"
    assert problem.line is not None and problem.column is not None and problem.path


@pytest.mark.parametrize(
    ("old", "new", "words", "line"),
    [
        ("adult, arms: [training, control]", "adult, arms: [training, contrl]", "adult", 1),
        ("at_least: 0.7, at: pre", "at_least: 0.7, at: pred", "reliability: {at_least", 1),
        ("guidelines: [listen]", "guidelines: [lisen]", "delivered: 3, canonical: 2", 1),
    ],
)
def test_the_line_is_that_of_the_mistake(tmp_path: Path, old: str, new: str, words: str, line: int) -> None:
    (problem,) = problems(tmp_path, spoilt(old, new))

    expected = next(n for n, text in enumerate(SOUND.splitlines(), 1) if words in text)
    assert problem.line == expected
    assert problem.column is not None and problem.column > line


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    text = spoilt("time_zone: Europe/Amsterdam", "time_zone: Mars").replace("completion: 2", "completion: 9")

    assert [p.code for p in problems(tmp_path, text)] == ["PROTOCOL-010", "PROTOCOL-028"]


def test_mistakes_of_shape_are_told_all_at_once_too(tmp_path: Path) -> None:
    text = spoilt("  title: A course in calm\n", "").replace("kind: meditation", "kind: meditaton")

    found = problems(tmp_path, text)

    assert {p.code for p in found} == {"FILE-007"}
    assert {p.path for p in found} == {"study.title", "programme.blocks[0].kind"}


def test_an_unknown_key_gets_a_suggestion(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, spoilt("  aim: To see", "  aims: To see").replace("aims:", "aim: x\n  desgin:"))

    assert "'desgin' is not known here. Did you mean 'design'?" in problem.message


def test_what_is_unknown_may_be_said_and_nothing_else_is_asked(tmp_path: Path) -> None:
    text = spoilt("v1, starts: 2026-02-01", "v1, starts: {unknown: not dated}").replace(
        "delivered: {sessions: 3, minutes: 60", "delivered: {sessions: 3, minutes: {unknown: not said}"
    )

    assert problems(tmp_path, text) == ()


ALLOCATIONS = [
    ("{method: by chance}", False, "086", "by chance, but the study is not randomised"),
    ("{method: by list}", True, "086", "by list, but the study is randomised"),
    ("{blocks: [4]}", False, "087", "allocation is not by chance"),
    ("{method: by chance, ratio: {training: 2}}", True, "087", "how many come into 'control'"),
    ("{method: by chance, ratio: {training: 1, control: 0}}", True, "087", "'control' gets 0"),
    ("{method: by chance, ratio: {training: 1, contrl: 1}}", True, "011", "Did you mean 'control'?"),
    ("{method: by chance, ratio: {training: 2, control: 1}, blocks: [6, 4]}", True, "087", "such as 6 and 9"),
    ("{method: by chance, strata: [center]}", True, "088", "Did you mean 'centre'?"),
    ("{method: by chance, strata: [start.age]}", True, "088", "no stratum 'start.age'"),
]


@pytest.mark.parametrize(("how", "randomised", "code", "words"), ALLOCATIONS)
def test_an_allocation_that_cannot_be_is_refused(
    tmp_path: Path, how: str, randomised: bool, code: str, words: str
) -> None:
    found = [p for p in problems(tmp_path, allocated(how, randomised=randomised)) if p.code == f"PROTOCOL-{code}"]

    assert any(words in f"{p.message}\n{p.remedy}" for p in found)
    assert all(p.remedy and p.path.startswith("allocation") for p in found)


def test_every_code_of_the_checks_has_a_mistake_that_shows_it() -> None:
    shown = {f"PROTOCOL-{code}" for _, _, code, _ in (*MISTAKES, *ALLOCATIONS)}
    elsewhere = {"PROTOCOL-001", "PROTOCOL-008"}  # tested with load and with new

    assert {k.code for k in kinds() if k.code.startswith("PROTOCOL-")} - shown - elsewhere == set()
