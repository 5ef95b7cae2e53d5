"""What an import promises: every layout read alike, every mistake named at once, and nothing guessed."""

import polars as pl
import pytest

from pilotage.data.check import check
from pilotage.data.importing.run import import_file
from pilotage.problems import ProblemsFound
from tests.data.small_study import small_study

WIDE_MAP = """
person: id
arm: {column: group, values: {1: training, 2: control}}
occasions:
  pre: {calm-3: "pre_{n}"}
  post: {calm-3: [a, b, c]}
"""
WIDE = """id,group,pre_1,pre_2,pre_3,a,b,c
P1,1,0,1,2,3,4,0
P2,2,4,,3,,,
"""
LONG_MAP = """
person: id
arm: group
occasion: {column: time, values: {0: pre, 1: post}}
instruments: {calm-3: "q{n:02}"}
"""
LONG = """id;group;time;q01;q02;q03
P1;training;0;0;1;2
P1;training;1;3;4;0
P2;control;0;4;;3
"""
ITEMS_MAP = """
person: id
arm: group
occasion: {column: time, values: {0: pre, 1: post}}
instruments: {calm-3: "q{n}"}
item: item
value: answer
"""
ITEMS = """id\tgroup\ttime\titem\tanswer
P1\ttraining\t0\tq1\t0
P1\ttraining\t0\tq2\t1
P1\ttraining\t0\tq3\t2
P1\ttraining\t1\tq1\t3
P1\ttraining\t1\tq2\t4
P1\ttraining\t1\tq3\t0
P2\tcontrol\t0\tq1\t4
P2\tcontrol\t0\tq2\t
P2\tcontrol\t0\tq3\t3
"""
SAME = {("P1", "pre"): ["0", "1", "2"], ("P1", "post"): ["3", "4", "0"], ("P2", "pre"): ["4", None, "3"]}


def beside(text, *columns, mark=","):
    """The file with more columns, each typed from its header down."""
    lines = zip(text.splitlines(), zip(*columns, strict=True), strict=True)
    return "".join(f"{mark.join([line, *more])}\n" for line, more in lines)


@pytest.fixture
def read(tmp_path, study):
    def import_(text, map_text, known=None):
        (tmp_path / "map.yaml").write_text(map_text, encoding="utf-8")
        content = text.encode() if isinstance(text, str) else text
        (tmp_path / "answers.csv").write_bytes(content)
        return import_file(study, tmp_path / "answers.csv", tmp_path / "map.yaml", known)

    return import_


@pytest.fixture
def refused(read):
    def problems(text, map_text, known=None):
        with pytest.raises(ProblemsFound) as found:
            read(text, map_text, known)
        return found.value.problems

    return problems


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    return small_study(tmp_path_factory.mktemp("study"))


def given(data):
    key = ["participant", "assessment", "instrument"]
    return {
        (person, assessment): values
        for person, assessment, _, values in data.responses.group_by(key, maintain_order=True)
        .agg("value")
        .iter_rows()
    }  # fmt: skip


@pytest.mark.parametrize(("text", "map_text"), [(WIDE, WIDE_MAP), (LONG, LONG_MAP), (ITEMS, ITEMS_MAP)])
def test_wide_long_and_item_by_item_files_give_the_same_answers(read, study, text, map_text):
    data = read(text, map_text).data
    assert given(data) == SAME
    assert data.participants.rows() == [("P1", "training", None), ("P2", "control", None)]
    assert data.collected == {"participants", "administrations", "responses"}
    assert check(data, study) == []


def test_an_occasion_with_every_item_blank_was_not_taken(read):
    imported = read(WIDE, WIDE_MAP)
    assert ("P2", "post") not in given(imported.data)
    assert imported.summary.not_taken == 1


def test_the_summary_counts_rows_people_answers_and_blanks(read):
    summary = read(beside(WIDE, ["age", "40", "50"]), WIDE_MAP).summary
    assert (summary.rows, dict(summary.arms)) == (2, {"control": 1, "training": 1})
    counts = [(c.assessment, c.instrument, c.people, c.answers, c.blanks) for c in summary.counts]
    assert counts == [("pre", "calm-3", 2, 6, 1), ("post", "calm-3", 1, 3, 0)]
    assert summary.unused == ("age",)
    assert summary.read_as == "Read as UTF-8, columns separated by commas, decimal points."


def test_items_that_no_pattern_finds_are_named(read):
    summary = read(ITEMS + "P2\tcontrol\t0\ttotal\t7\n", ITEMS_MAP).summary
    assert summary.items_unused == ("total",)


def test_semicolons_decimal_commas_and_a_byte_order_mark_are_seen_and_said(read):
    text = "\ufeff" + LONG.replace(";0;1;2", ";0,0;1,0;2,0")
    imported = read(text, LONG_MAP)
    assert given(imported.data) == SAME
    said = "Read as UTF-8 with a byte order mark, columns separated by semicolons, decimal commas."
    assert imported.summary.read_as == said


def test_what_the_map_says_of_the_file_is_held_to(refused):
    (problem,) = refused(LONG, LONG_MAP + 'file: {delimiter: ","}\n')[:1]
    assert "no column" in problem.message


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("P1;training;1", "P1;training;0", "Participant P1 has occasion '0' (pre) twice: rows 2 and 3."),
        ("P1;training;1", "P1;training;7", "Participant P1: '7' is no assessment."),
        ("P1;training;1", "P1;training;", "Participant P1: the assessment is blank."),
        ("P1;training;1", "P1;control;1", "Participant P1 is in arm 'control' here, and in 'training' above."),
        ("P2;control;0", "P2;contol;0", "Participant P2: 'contol' is no arm. Did you mean 'control'?"),
        ("P2;control;0", "P2;;0", "Participant P2 has no arm."),
        ("P2;control;0", ";control;0", "Row 4 has no participant code."),
        ("4;;3", "4;;5", "Participant P2 at pre, calm-3 item 3: '5' is not between 0 and 4."),
        ("4;;3", "4;;2.5", "Participant P2 at pre, calm-3 item 3: '2.5' is not a whole number."),
        ("4;;3", "4;;often", "Participant P2 at pre, calm-3 item 3: 'often' is a label, not a code."),
    ],
)
def test_one_mistake_is_named_with_its_row_and_column(refused, old, new, words):
    (problem,) = refused(LONG.replace(old, new), LONG_MAP)
    assert problem.message == words
    assert problem.file == "answers.csv"
    assert problem.line == (3 if "P1" in words else 4)


def test_all_mistakes_are_listed_at_once(refused):
    text = LONG.replace("P1;training;1", "P1;training;0").replace("4;;3", "9;often;7") + "P3;elsewhere;2;1;1;1\n"
    assert [problem.code for problem in refused(text, LONG_MAP)] == [
        "IMPORT-005", "IMPORT-006", "IMPORT-008", "IMPORT-010", "IMPORT-009", "IMPORT-009"
    ]  # fmt: skip


def test_a_wrong_value_in_many_rows_is_named_once(refused):
    (problem,) = refused(LONG.replace(";training", ";TRAINING"), LONG_MAP)
    assert problem.message == "Participant P1: 'TRAINING' is no arm. The same in 1 more row."


def test_very_many_mistakes_are_counted(refused):
    text = "id;group;time;q01;q02;q03\n" + "".join(f"P{i};training;0;0;0;44\n" for i in range(1000))
    problems = refused(text, LONG_MAP)
    assert len(problems) == 21
    assert problems[-1].message == "... and 980 more such rows."


def test_a_file_coded_from_one_is_refused_with_the_likely_reason_and_never_shifted(refused, read):
    text = "id;group;time;q01;q02;q03\nP1;training;0;1;2;5\nP2;control;0;5;5;1\n"
    problems = refused(text, LONG_MAP)
    assert len(problems) == 3
    assert "the file seems coded 1 to 5, where calm-3 declares 0 to 4" in problems[0].remedy
    said = LONG_MAP + "codes: {calm-3: {1: 0, 2: 1, 3: 2, 4: 3, 5: 4}}\n"
    assert said.strip().endswith(problems[0].remedy.partition("codes: ")[2].partition(";")[0])
    assert given(read(text, said).data) == {("P1", "pre"): ["0", "1", "4"], ("P2", "pre"): ["4", "4", "0"]}


def test_a_usual_code_for_blanks_is_asked_after_and_then_held_to(refused, read):
    text = LONG.replace("4;;3", "4;99;3")
    (problem,) = refused(text, LONG_MAP)
    assert problem.remedy.startswith("If 99 stands for a blank, add it to 'blank' in the map")
    assert given(read(text, LONG_MAP + 'blank: ["", 99]\n').data) == SAME


def test_labels_can_be_mapped_to_codes(read):
    text = LONG.replace("4;;3", "always;;3")
    assert given(read(text, LONG_MAP + "codes: {calm-3: {always: 4}}\n").data) == SAME


def test_answers_in_bad_encodings_or_formats_are_refused(refused):
    assert "zipped file, not a text table" in refused(b"PK\x03\x04 zipped", LONG_MAP)[0].message
    assert "binary" in refused(b"a,b\n\0,1\n", LONG_MAP)[0].message


def test_questions_of_forms_go_to_the_first_assessment_that_asks_them(read, study):
    answers = (
        ["AGE", "41", "39"],
        ["sex", "f", ""],
        ["mark", "8", ""],
        ["said", "=tea", ""],
        ["trained", "02/03/2026", ""],
    )
    text = beside(WIDE, *answers)
    also = """
also:
  about-you.age: AGE
  gender: {column: sex, values: {f: woman}}
  grade: mark
  missed: said
  trained-on: {column: trained, dates: "%d/%m/%Y"}
"""
    data = read(text, WIDE_MAP + also).data
    answers = data.responses.filter(pl.col("instrument") != "calm-3").drop("number", "instrument")
    assert answers.rows() == [
        ("P1", "pre", "age", "41"),
        ("P2", "pre", "age", "39"),
        ("P1", "pre", "gender", "woman"),
        ("P2", "pre", "gender", None),
        ("P1", "evaluation", "grade", "8"),
        ("P1", "pre", "trained-on", "2026-03-02"),
        ("P2", "pre", "trained-on", None),
    ]
    assert data.comments.select("participant", "assessment", "item", "text").rows() == [
        ("P1", "evaluation", "missed", "=tea")
    ]
    assert check(data, study) == []


def test_in_a_long_file_the_row_of_the_asking_assessment_speaks_for_the_person(read):
    text = beside(LONG, ["age", "40", "41", "39"], mark=";")
    data = read(text, LONG_MAP + "also: {age: age}\n").data
    ages = data.responses.filter(pl.col("item") == "age")
    assert ages.select("participant", "assessment", "value").rows() == [("P1", "pre", "40"), ("P2", "pre", "39")]


def test_an_answer_to_a_form_that_an_arm_is_not_asked_is_refused(refused):
    text = beside(WIDE, ["mark", "8", "9"])
    (problem,) = refused(text, WIDE_MAP + "also: {grade: mark}\n")
    assert "Participant P2 (control) answered evaluation at 'evaluation'" in problem.message


def test_a_form_answer_that_is_no_option_says_the_options(refused):
    text = beside(WIDE, ["sex", "kvinna", "man"])
    (problem,) = refused(text, WIDE_MAP + "also: {gender: sex}\n")
    assert problem.message == "Participant P1 at pre, about-you item gender: 'kvinna' is not one of woman, man, other."


def test_dates_of_the_flow_are_read_only_where_they_are_mapped(read, refused):
    text = beside(WIDE, ["consent", "2026-01-05", "2026-01-06"], ["kept", "yes", ""])
    flow = "flow: {consented_on: consent, answers_kept: kept}\n"
    data = read(text, WIDE_MAP + flow).data
    kept = data.flow.select(pl.col("consented_on").cast(pl.String), "answers_kept")
    assert kept.rows() == [("2026-01-05", True), ("2026-01-06", None)]
    (problem,) = refused(text.replace("2026-01-06", "6 Jan"), WIDE_MAP + flow)
    assert problem.message == "Participant P2: '6 Jan' is not a date written %Y-%m-%d."


def test_a_person_known_already_needs_no_arm_in_the_file(read, refused):
    known = read(WIDE, WIDE_MAP).data
    text = "id,AGE\nP1,40\nP2,50\n"
    data = read(text, "{person: id, also: {age: AGE}}", known).data
    assert data.participants.rows() == known.participants.rows()
    (problem,) = refused(text.replace("P2", "P9"), "{person: id, also: {age: AGE}}", known)
    assert problem.message == "Participant P9 has no arm."


@pytest.mark.parametrize(
    ("map_text", "place", "words"),
    [
        (WIDE_MAP.replace("post:", "pots:"), "map.yaml:6:3 occasions.pots", "Did you mean 'post'?"),
        (WIDE_MAP.replace("pre: {calm-3", "pre: {calm-4"), "map.yaml:5:9", "Did you mean 'calm-3'?"),
        (WIDE_MAP.replace("2: control", "2: controls"), "map.yaml:3:44", "no arm 'controls'. Did you mean 'control'?"),
        (WIDE_MAP + "also: {agee: x}\n", "map.yaml:7:8", "no form item 'agee'"),
        (WIDE_MAP + "flow: {consented: x}\n", "map.yaml:7:8", "Did you mean 'consented_on'?"),
        (WIDE_MAP + "flows: {}\n", "map.yaml:7:1", "Did you mean 'flow'?"),
        (WIDE_MAP + "occasion: time\n", "map.yaml", "A map says 'occasions' (one row a person), or both"),
        ("person: id\n", "map.yaml", "A map says 'occasions' (one row a person), or both"),
        (LONG_MAP + "item: item\n", "map.yaml", "'item' and 'value' go together"),
    ],
)
def test_a_mistake_in_the_map_is_named_with_its_place(refused, map_text, place, words):
    (problem,) = refused(WIDE, map_text)
    assert problem.place.startswith(place)
    assert words in problem.message


def test_a_column_the_file_does_not_have_is_named_with_its_near_miss(refused):
    (problem,) = refused(WIDE, WIDE_MAP.replace("column: group", "column: groep"))
    assert problem.message == "The file has no column 'groep'. Did you mean 'group'?"
    problems = refused(WIDE, WIDE_MAP.replace("pre_{n}", "pre{n}"))
    assert problems[0].message == "The file has no column 'pre1' for item 1. Did you mean 'pre_1'?"


def test_an_extreme_but_sound_file_is_read_quickly(read):
    header = "id,group,pre_1,pre_2,pre_3,a,b,c\n"
    text = header + "".join(f"P{i},1,0,1,2,3,4,0\n" for i in range(20_000))
    assert read(text, WIDE_MAP).data.responses.height == 120_000
