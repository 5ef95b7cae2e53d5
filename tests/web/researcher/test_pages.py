"""What the researcher's pages promise, and what teachers and coordinators see, and when."""

from __future__ import annotations

import base64
import hashlib
import io
import re
import subprocess
import sys
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from pilotage.web.records import actions, archives, audit, extract
from pilotage.web.records.models import AnalysisRun, CommentReading, Event, Freeze, PlanLock, Release
from pilotage.web.researcher import runner
from tests.web.cast import Cast, at_home, signed_in
from tests.web.researcher.filled import CANARY, another_researcher, commented, delivered, filled

DATA = "/calm/data/"
PAGES = ("", "plan/", "freeze/", "comments/", "conduct/", "copies/1/", "copies/1/package/", "runs/1/", "runs/1/report/")


@pytest.fixture
def researcher(cast: Cast) -> Client:
    return signed_in(cast.staff["researcher"])


@pytest.fixture
def frozen(cast: Cast) -> Freeze:
    people = filled(cast)
    delivered(cast, *people)
    actions.lock_plan(cast.staff["researcher"], cast.study)
    return actions.freeze(cast.staff["researcher"], cast.study)


def done(cast: Cast, frozen: Freeze, edition: str = "shared", files: dict[str, str] | None = None) -> AnalysisRun:
    """A run that ended well, with these files for a report."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in (files or {"report.html": "<style>b{}</style>", "report.docx": "word"}).items():
            archive.writestr(name, text)
    return AnalysisRun.objects.create(
        freeze=frozen, edition=edition, state="done", package=out.getvalue(), asked_by=cast.staff["researcher"]
    )


@pytest.mark.parametrize("role", ["teacher", "coordinator", "data-entry", "safety-contact", "administrator"])
def test_nobody_but_a_researcher_finds_the_data(cast: Cast, frozen: Freeze, role: str) -> None:
    client = signed_in(cast.staff[role])
    assert {page: client.get(DATA + page).status_code for page in PAGES} == dict.fromkeys(PAGES, 404)


def test_a_participant_is_sent_to_sign_in(cast: Cast, frozen: Freeze) -> None:
    assert at_home(cast.study.participants.first()).get(DATA).status_code == 302


def test_a_researcher_of_one_centre_does_not_find_data_of_all(cast: Cast, frozen: Freeze) -> None:
    user = another_researcher(cast)
    user.roles.all().delete()
    actions.give_role(audit.SERVER, user, cast.study, "researcher", centre=cast.south)
    assert signed_in(user).get(DATA).status_code == 404


def test_an_empty_study_says_what_to_do_first(cast: Cast, researcher: Client) -> None:
    assert "Read and lock plan" in researcher.get(DATA).content.decode()
    assert "No data to freeze yet" in researcher.get(DATA + "freeze/").content.decode()
    assert "No comments yet" in researcher.get(DATA + "comments/").content.decode()


def test_the_plan_is_read_and_locked(cast: Cast, researcher: Client) -> None:
    assert "Stress" in researcher.get(DATA + "plan/").content.decode()
    assert researcher.post(DATA + "plan/").status_code == 302
    assert PlanLock.objects.get(study=cast.study).plan["outcomes"]["main"][0]["scale"] == "pss-10.total"
    assert "Locked, as in version 1" in researcher.get(DATA + "plan/").content.decode()


def test_data_with_outcomes_lead_to_the_plan_first(cast: Cast, researcher: Client) -> None:
    filled(cast, 2)
    assert "Lock the analysis plan first" in researcher.get(DATA + "freeze/").content.decode()
    assert "Lock the analysis plan first" in researcher.post(DATA + "freeze/", follow=True).content.decode()


def test_what_is_wrong_with_the_data_is_shown_before_they_are_frozen(cast: Cast, researcher: Client) -> None:
    person = filled(cast, 2)[0]
    person.administrations.get(assessment="pre", instrument="pss-10").answers.filter(item="1").update(value="9")
    page = researcher.get(DATA + "freeze/").content.decode()
    assert "1 problem to check first" in page
    assert "DATA-013" in page


def test_freezing_leads_to_the_copy(cast: Cast, researcher: Client) -> None:
    filled(cast, 2)
    actions.lock_plan(cast.staff["researcher"], cast.study)
    page = researcher.post(DATA + "freeze/", follow=True).content.decode()
    assert "Frozen copy 1" in page
    assert Freeze.objects.get().by == cast.staff["researcher"]


@pytest.mark.parametrize(
    ("page", "what"),
    [("copies/1/package/", "data package of copy 1"), ("copies/1/codebook/", "codebook of copy 1")],
)
def test_what_is_taken_out_is_told_by_role_and_number(
    cast: Cast, researcher: Client, frozen: Freeze, page: str, what: str
) -> None:
    response = researcher.get(DATA + page)
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith('attachment; filename="calm-1')
    assert "no-store" in response["Cache-Control"]
    taken = [row for row in extract.conduct_of(cast.study) if row["kind"] == "data exported"]
    assert [(row["who"], row["what"]) for row in taken] == [("researcher 1", what)]
    assert what in researcher.get(DATA + "conduct/").content.decode()


def test_no_page_shows_a_name_or_a_coordinators_code(cast: Cast, researcher: Client, frozen: Freeze) -> None:
    commented(cast, cast.study.participants.first())
    run = done(cast, frozen)
    for page in ("", "plan/", "freeze/", "copies/1/", f"runs/{run.pk}/", "comments/", "conduct/"):
        shown = researcher.get(DATA + page).content.decode()
        assert CANARY not in shown
        assert not re.search(r"\bP0\d\b", shown), page


def test_an_analysis_is_asked_for_once_while_it_runs(cast: Cast, researcher: Client, frozen: Freeze) -> None:
    page = researcher.post(DATA + "copies/1/analyse/", {"edition": "shared"}, follow=True).content.decode()
    assert 'hx-trigger="every 2s"' in page
    assert "already" in researcher.post(DATA + "copies/1/analyse/", {"edition": "shared"}, follow=True).content.decode()
    assert AnalysisRun.objects.count() == 1


def test_the_page_is_loaded_anew_when_the_run_has_ended(cast: Cast, researcher: Client, frozen: Freeze) -> None:
    run = actions.ask_for_analysis(cast.staff["researcher"], frozen, "shared")
    assert "HX-Refresh" not in researcher.get(f"{DATA}runs/{run.pk}/state/")
    actions.begin_analysis(run)
    actions.end_analysis(run, None, "The disk is full.")
    assert researcher.get(f"{DATA}runs/{run.pk}/state/")["HX-Refresh"] == "true"
    assert "The disk is full." in researcher.get(f"{DATA}runs/{run.pk}/").content.decode()


def test_runs_of_a_server_that_stopped_have_failed(cast: Cast, frozen: Freeze) -> None:
    run = actions.ask_for_analysis(cast.staff["researcher"], frozen, "shared")
    actions.begin_analysis(run)
    assert actions.end_lost_analyses(older_than=timedelta(hours=2)) == 0
    assert actions.end_lost_analyses() == 1
    run.refresh_from_db()
    assert (run.state, run.finished_at is None) == ("failed", False)
    assert actions.begin_analysis(run) is False


def test_the_web_and_the_command_make_the_same_report(
    cast: Cast, researcher: Client, frozen: Freeze, tmp_path: Path
) -> None:
    run = actions.ask_for_analysis(cast.staff["researcher"], frozen, "shared")
    runner.carry_out(run)
    run.refresh_from_db()
    assert (run.state, run.trouble) == ("done", "")
    package = researcher.get(DATA + "copies/1/package/").content
    archives.unpack(package, tmp_path)
    words = [sys.executable, "-m", "pilotage", "report", "calm-1", "--edition", "shared"]
    subprocess.run(words, cwd=tmp_path, check=True, capture_output=True)
    for name in ("results.json", "report.html", "tables/conduct.csv"):
        assert (tmp_path / "calm-1" / "report" / name).read_bytes() == archives.file_of(run.package or b"", name), name
    page = researcher.get(f"{DATA}runs/{run.pk}/").content.decode()
    assert "Stress" in page
    assert "Acceptability" in page
    assert archives.data_of(frozen).short_fingerprint in page
    assert "Who did and saw what" in researcher.get(f"{DATA}runs/{run.pk}/report/").content.decode()


def test_an_analysis_that_cannot_be_made_says_why(cast: Cast, researcher: Client, frozen: Freeze) -> None:
    Freeze.objects.filter(pk=frozen.pk).update(package=archives.zipped(Path(__file__).parent / "nothing"))
    run = actions.ask_for_analysis(cast.staff["researcher"], Freeze.objects.get(pk=frozen.pk), "shared")
    runner.carry_out(run)
    run.refresh_from_db()
    assert run.state == "failed"
    assert "DATA-001" in run.trouble
    assert "/tmp" not in run.trouble


def test_the_analysis_is_not_told_the_servers_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PILOTAGE_SECRET", "a secret")
    monkeypatch.setenv("DATABASE_URL", "postgresql://a:b@c/d")
    assert not {"PILOTAGE_SECRET", "DATABASE_URL"} & set(runner._environment())


def test_a_report_may_use_its_own_style_and_nothing_else(cast: Cast, researcher: Client, frozen: Freeze) -> None:
    run = done(cast, frozen, files={"report.html": "<style>b{color:red}</style><script>alert(1)</script>"})
    policy = researcher.get(f"{DATA}runs/{run.pk}/report/")["Content-Security-Policy"]
    known = base64.b64encode(hashlib.sha256(b"b{color:red}").digest()).decode()
    assert f"style-src 'sha256-{known}';" in policy
    assert policy.startswith("default-src 'none'")
    assert policy.endswith("sandbox")
    assert "unsafe" not in policy
    assert "script-src" not in policy


def test_files_of_the_report_are_taken_one_by_one_and_each_time_logged(
    cast: Cast, researcher: Client, frozen: Freeze
) -> None:
    run = done(cast, frozen, files={"report.docx": "w", "report.html": "h", "results.json": "{}", "tables/a.csv": "x"})
    page = f"{DATA}runs/{run.pk}/files/"
    assert [researcher.get(f"{page}{name}/").content for name in ("word", "html", "results")] == [b"w", b"h", b"{}"]
    with zipfile.ZipFile(io.BytesIO(researcher.get(f"{page}tables/").content)) as tables:
        assert tables.namelist() == ["tables/a.csv"]
    assert researcher.get(f"{page}passwd/").status_code == 404
    assert Event.objects.filter(what="data exported").count() == 4


def test_comments_are_read_without_knowing_whose_they_are(cast: Cast, researcher: Client) -> None:
    comment = commented(cast, filled(cast, 2)[0], "Theo was late in Assen")
    page = researcher.get(f"{DATA}comments/{comment.pk}/").content.decode()
    assert "Theo was late in Assen" in page
    assert "P01" not in page
    assert CANARY not in page
    answer = researcher.post(f"{DATA}comments/{comment.pk}/", {"redacted": "[...] was late", "codes": ["time"]})
    assert answer.status_code == 302
    comment.refresh_from_db()
    assert (comment.redacted, comment.redacted_by) == ("[...] was late", cast.staff["researcher"])
    assert CommentReading.objects.get().codes == ["time"]
    assert Event.objects.get(what="comment redacted").person == comment.administration.participant_id


def test_what_was_typed_stays_when_a_comment_is_not_kept(cast: Cast, researcher: Client) -> None:
    comment = commented(cast, filled(cast, 2)[0])
    page = researcher.post(f"{DATA}comments/{comment.pk}/", {"redacted": "", "codes": ["time"]}).content.decode()
    assert "checked" in page
    comment.refresh_from_db()
    assert comment.redacted is None


def test_what_a_reaction_says_is_not_read_here(cast: Cast, researcher: Client) -> None:
    from tests.web.researcher.filled import BEGAN, administration

    person = filled(cast, 2)[0]
    given = administration(cast, person, "weeks", "week", BEGAN)
    comment = given.comments.create(item="description", text="My partner shouted")
    assert "My partner shouted" not in researcher.get(DATA + "comments/").content.decode()
    assert researcher.get(f"{DATA}comments/{comment.pk}/").status_code == 404


def test_how_far_two_readers_agree_is_shown_by_code(cast: Cast, researcher: Client) -> None:
    first, second = cast.staff["researcher"], another_researcher(cast)
    given = [(["time"], ["time"]), (["time"], ["other"]), (["other"], ["other"]), (["other"], ["other"])]
    for person, (one, other) in zip(filled(cast, 4), given, strict=True):
        comment = commented(cast, person)
        actions.redact_comment(first, comment, "redacted")
        actions.code_comment(first, comment, one)
        actions.code_comment(second, comment, other)
    from pilotage.web.records import queries

    found = {one.label: (one.n, one.share, one.kappa) for one in queries.agreement(cast.study)}
    assert found == {"too much time": (4, 0.75, 0.5), "something else": (4, 0.75, 0.5)}
    assert "75.0 %" in researcher.get(DATA + "comments/").content.decode()


@pytest.mark.parametrize("role", ["teacher", "coordinator"])
def test_teachers_and_coordinators_see_nothing_before_the_release(cast: Cast, frozen: Freeze, role: str) -> None:
    done(cast, frozen)
    client = signed_in(cast.staff[role])
    assert "No results have been released yet" in client.get(DATA + "released/").content.decode()
    assert client.get(DATA + "released/report/").status_code == 404
    assert client.get(DATA + "released/word/").status_code == 404


def test_a_released_report_is_read_and_the_first_time_is_told(cast: Cast, researcher: Client, frozen: Freeze) -> None:
    run = done(cast, frozen, files={"report.html": "<style></style>The report", "report.docx": "w"})
    researcher.post(f"{DATA}runs/{run.pk}/release/")
    assert Release.objects.get().by == cast.staff["researcher"]
    teacher = signed_in(cast.staff["teacher"])
    assert "Read report" in teacher.get(DATA + "released/").content.decode()
    assert b"The report" in teacher.get(DATA + "released/report/").content
    teacher.get(DATA + "released/report/")
    told = [(row["kind"], row["who"]) for row in extract.conduct_of(cast.study)]
    assert told.count(("teachers saw results", "teacher 1")) == 1
    assert told.count(("report released", "researcher 1")) == 1


def test_only_the_shared_edition_of_a_locked_plan_is_released(cast: Cast, researcher: Client, frozen: Freeze) -> None:
    analyst = done(cast, frozen, edition="analyst")
    shown = researcher.post(f"{DATA}runs/{analyst.pk}/release/", follow=True).content.decode()
    assert "Only the shared edition can be released" in shown
    PlanLock.objects.all().delete()
    shared = done(cast, frozen)
    shown = researcher.post(f"{DATA}runs/{shared.pk}/release/", follow=True).content.decode()
    assert "Lock the analysis plan first" in shown
    assert not Release.objects.exists()


def test_what_belongs_to_another_study_is_not_found(cast: Cast, frozen: Freeze) -> None:
    from tests.web.cast import calm

    other = calm("storm")
    run = done(cast, frozen)
    stranger = signed_in(other.staff["researcher"])
    for page in ("copies/1/", "copies/1/package/", f"runs/{run.pk}/", f"runs/{run.pk}/report/"):
        assert stranger.get(f"/storm/data/{page}").status_code == 404, page
    assert timezone.now() > run.asked_at
