"""The whole path, from a new protocol through simulated people to the report, by the command line alone."""

import csv
import json
import re
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pilotage.cli.main import app


def run(*arguments: str | Path) -> str:
    result = CliRunner().invoke(app, [str(a) for a in arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def rehearsed(folder: Path, study: str, scenario: str) -> Path:
    run("new", folder, "--from", study)
    run("check", folder)
    run("rehearse", folder, "--scenario", scenario)
    return folder


@pytest.fixture(scope="module")
def troubled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = rehearsed(tmp_path_factory.mktemp("story") / "troubled", "imp-2020", "troubled")
    run("report", folder, "--edition", "analyst")
    return folder


def visible(file: Path) -> str:
    return re.sub(r"<[^>]+>", " ", file.read_text(encoding="utf-8"))


def word(file: Path) -> str:
    with zipfile.ZipFile(file) as package:
        return package.read("word/document.xml").decode()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("story") / "demo"
    run("demo", folder)
    return folder


def test_one_command_makes_the_study_its_data_and_both_reports(demo: Path) -> None:
    for name in ("protocol.yaml", "data/datapackage.json", "report/report.html", "report/report.docx",
                 "report/results.json", "report/tables/table-5-outcomes.csv", "report-analyst/scores.csv"):  # fmt: skip
        assert (demo / name).is_file(), name


def test_the_papers_six_tables_are_there_in_html_and_in_word(demo: Path) -> None:
    html, document = visible(demo / "report/report.html"), word(demo / "report/report.docx")
    for n in range(1, 7):
        assert f"(Table {n} of the 2020 paper)" in html
    assert document.count("<w:tbl>") >= 15


def test_the_report_shows_what_was_delivered_and_three_domains_are_counted_from_it(demo: Path) -> None:
    html, document = visible(demo / "report/report.html"), word(demo / "report/report.docx")
    for said in ("What was done of each session", "Minutes spoken in pairs", "How well people were mixed"):
        assert said in html and said in document
    found = json.loads((demo / "report/results.json").read_text(encoding="utf-8"))
    domains = {domain["id"]: domain["indicators"] for domain in found["feasibility"]}
    for name in ("implementation", "practicality", "adaptation"):
        assert domains[name] and all(i["estimate"] and not i["not_collected"] for i in domains[name]), name


def test_simulated_data_are_stamped_in_every_file_that_people_read(demo: Path) -> None:
    assert "SIMULATED" in visible(demo / "report/report.html")
    assert "SIMULATED" in (demo / "report/results.json").read_text(encoding="utf-8").upper()
    assert "SIMULATED" in (demo / "data/datapackage.json").read_text(encoding="utf-8").upper()
    with zipfile.ZipFile(demo / "report/report.docx") as package:
        headers = [package.read(n).decode() for n in package.namelist() if n.startswith("word/header")]
    assert headers
    assert all("SIMULATED" in header for header in headers)


def codes(folder: Path) -> list[str]:
    with (folder / "data/participants.csv").open(encoding="utf-8") as file:
        return [row["participant"] for row in csv.DictReader(file)]


def test_the_shared_edition_has_no_codes_and_no_scores_of_persons(demo: Path) -> None:
    texts = [visible(demo / "report/report.html"), word(demo / "report/report.docx")]
    texts += [f.read_text(encoding="utf-8") for f in (demo / "report").rglob("*.csv")]
    texts.append((demo / "report/results.json").read_text(encoding="utf-8"))
    people = codes(demo)
    assert len(people) == 47
    assert [p for p in people for text in texts if re.search(rf"\b{p}\b", text)] == []
    assert not (demo / "report/scores.csv").exists()


def test_the_last_page_gives_a_stranger_what_reproducing_takes(demo: Path) -> None:
    results = json.loads((demo / "report/results.json").read_text(encoding="utf-8"))
    html = visible(demo / "report/report.html")
    assert results["provenance"]["protocol"] in html
    assert results["provenance"]["data"] in html
    assert "pilotage report demo --edition shared" in html


def test_the_same_study_gives_the_same_report_byte_for_byte(demo: Path, tmp_path: Path) -> None:
    run("report", demo, "--out", tmp_path / "again")
    for name in ("report.html", "report.docx", "results.json"):
        assert (tmp_path / "again" / name).read_bytes() == (demo / "report" / name).read_bytes(), name


def test_table_5_as_csv_is_what_results_json_says_at_full_precision(demo: Path) -> None:
    results = json.loads((demo / "report/results.json").read_text(encoding="utf-8"))
    with (demo / "report/tables/table-5-outcomes.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["f"]]
    tested = [o for o in results["comparisons"][0]["outcomes"] if o["time_by_group"]]
    assert [float(row["f"]) for row in rows] == [o["time_by_group"]["f"] for o in tested]


def assert_whole(folder: Path) -> None:
    html = visible(folder / "report-analyst/report.html")
    assert "Traceback" not in html
    assert not re.search(r"\bnan\b|\bNone\b|Unknown\(", html)


@pytest.mark.parametrize(
    ("study", "scenario"),
    [
        pytest.param("imp-2020", "ordinary", marks=pytest.mark.long),
        pytest.param("imp", "paper", marks=pytest.mark.long),
        pytest.param("imp", "ordinary", marks=pytest.mark.long),
        ("imp", "troubled"),
    ],
)
def test_every_study_and_scenario_comes_to_a_report(study: str, scenario: str, tmp_path: Path) -> None:
    folder = rehearsed(tmp_path / "study", study, scenario)
    run("report", folder, "--edition", "analyst")
    assert_whole(folder)


def test_a_troubled_study_names_who_was_left_out(troubled: Path) -> None:
    assert_whole(troubled)
    results = json.loads((troubled / "report-analyst/results.json").read_text(encoding="utf-8"))
    outcome = results["comparisons"][0]["outcomes"][0]
    assert outcome["excluded"]
    assert outcome["n_analysed"] + len(outcome["excluded"]) == outcome["people"]
    assert {e["participant"] for e in outcome["excluded"]} <= set(codes(troubled))
