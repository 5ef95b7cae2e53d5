"""The log as people read it: words for all that actions record, and the zone of its times."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from pilotage.vocabulary import (
    AuditAction,
    DeliveryState,
    DeviationKind,
    DeviationPlanning,
    ProgrammePart,
    Role,
    SessionState,
)
from pilotage.web.administrator.labels import log_rows
from pilotage.web.administrator.log_details import KEYS, VALUES, detail_words
from pilotage.web.records import actions, queries
from pilotage.web.records.models import AnalysisRun, Event, SignInLink, User
from pilotage.web.records.queries.log import STAFF, LogDetail
from tests.web.cast import Cast, signed_in

WEB = Path(actions.__file__).parents[2]
RATINGS = {"dict(marks)", "dict(values)"}
"""What is recorded by the id of each thing that was rated; the page names it by the protocol and by adherence."""


def _open_records() -> Iterator[tuple[ast.Module, ast.FunctionDef, ast.Call]]:
    """Every call that records an event which is not, or not always, sealed with a person's key."""
    for file in sorted(WEB.rglob("*.py")):
        module = ast.parse(file.read_text(encoding="utf-8"))
        for function in (node for node in ast.walk(module) if isinstance(node, ast.FunctionDef)):
            for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
                keywords = {keyword.arg for keyword in call.keywords}
                if ast.unparse(call.func) == "audit.record" and "about" not in keywords:
                    yield module, function, call


def _keys(value: ast.expr, function: ast.FunctionDef, module: ast.Module) -> set[str] | None:
    """The keys that an expression for before or after can have; None where they cannot be read."""
    match value:
        case ast.Constant(value=None):
            return set()
        case ast.Dict():
            return {key.value for key in value.keys if isinstance(key, ast.Constant)} if all(value.keys) else None
        case ast.IfExp():
            return _all([_keys(value.body, function, module), _keys(value.orelse, function, module)])
        case ast.BinOp():
            return _all([_keys(value.left, function, module), _keys(value.right, function, module)])
        case ast.Call():
            called = [f for f in module.body if isinstance(f, ast.FunctionDef) and f.name == ast.unparse(value.func)]
            returned = [(n.value, f) for f in called for n in ast.walk(f) if isinstance(n, ast.Return) and n.value]
            return _all([_keys(part, f, module) for part, f in returned])
        case ast.Name():
            return _all([_keys(part, function, module) for part in _assigned(value.id, function)])
    return None


def _assigned(name: str, function: ast.FunctionDef) -> list[ast.expr]:
    return [
        node.value
        for node in ast.walk(function)
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name) and target.id == name
    ]


def _all(parts: list[set[str] | None]) -> set[str] | None:
    return None if not parts or None in parts else {key for part in parts for key in part or ()}


def test_everything_that_actions_record_openly_has_words() -> None:
    recorded, unread = set(), set()
    for module, function, call in _open_records():
        parts = {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg in ("before", "after")}
        keys = {part: _keys(value, function, module) for part, value in parts.items()}
        recorded |= {key for part in keys.values() for key in part or ()}
        # A plan is recorded before and after with the same keys; the plan before comes in as a parameter.
        if ("after" in keys and keys["after"] is None) or (list(keys) == ["before"] and keys["before"] is None):
            unread.add(ast.unparse(parts.get("after", parts.get("before"))))
    assert unread == RATINGS
    assert recorded and recorded <= set(KEYS), sorted(recorded - set(KEYS))
    assert set(KEYS) - recorded == set()
    assert recorded >= STAFF


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("role", Role),
        ("done", DeliveryState),
        ("kind", DeviationKind),
        ("core", ProgrammePart),
        ("planned", DeviationPlanning),
        ("state", SessionState),
        ("purpose", [purpose for purpose, _words in SignInLink._meta.get_field("purpose").choices]),
        ("edition", [edition for edition, _words in AnalysisRun._meta.get_field("edition").choices]),
    ],
)
def test_every_value_that_is_one_of_few_has_words(key: str, values: list[str]) -> None:
    assert set(values) <= set(VALUES[key])


def logged(what: AuditAction, *, language: str = "en") -> dict[str, str]:
    event = Event.objects.filter(what=what).latest("sequence")
    study = next((study for study in queries.all_studies() if study.pk == event.study), None)
    with translation.override(language):
        return dict(log_rows(queries.lines([event]), study)[0].details)


def test_an_account_and_its_roles_are_told_in_words(cast: Cast) -> None:
    user = actions.add_staff(
        cast.administrator, name="Nora New", email="n@calm.example", language="nl", is_administrator=False
    )
    actions.make_sign_in_link(cast.administrator, user)
    actions.give_role(cast.administrator, user, cast.study, "data-entry", cast.north, "for a while")
    assert logged(AuditAction.ACCOUNT_MADE) == {"Administrator of this server": "no"}
    assert logged(AuditAction.SIGN_IN_LINK_MADE) == {"Account": "Nora New", "Purpose": "to choose a password"}
    given = {"Role": "data entry", "Account": "Nora New", "Centre": cast.north.name, "Reason": "for a while"}
    assert logged(AuditAction.ROLE_GIVEN) == given


def test_a_language_and_the_times_of_a_session_are_told_in_words(cast: Cast) -> None:
    actions.choose_language(cast.administrator, "nl")
    assert logged(AuditAction.LANGUAGE_CHOSEN) == {"Language": "Dutch"}
    session = cast.cohort.sessions.get(number=1)
    teacher = cast.staff["teacher"]
    actions.begin_session(teacher, session, at=datetime(2026, 3, 5, 18, 2, tzinfo=UTC))
    assert logged(AuditAction.SESSION_BEGUN) == {"Began at": "Thu 5 March 2026, 18.02", "Teachers": teacher.name}


def test_a_notice_of_a_safety_report_says_which_report_and_to_whom() -> None:
    details = [LogDetail("kind", "safety-notice"), LogDetail("window", "6:contact"), LogDetail("step", "deputy")]
    assert [detail_words("letter sent", detail, {}) for detail in details] == [
        ("Kind", "Notice of a safety report"),
        ("About", "Safety report 6, those who handle safety reports"),
        ("Notified", "the deputy"),
    ]


def test_ratings_are_told_by_the_names_of_blocks_and_of_adherence() -> None:
    names = {"block": {"sitting": "Sitting practice"}}
    assert detail_words("blocks rated", LogDetail("sitting", "partly"), names) == ("Sitting practice", "Partly")
    label, value = detail_words("adherence rated", LogDetail("timing", None), names)
    assert label == "The turns lasted as long as planned" and value == "does not apply"


def test_what_an_older_server_recorded_is_shown_as_it_is() -> None:
    assert detail_words("moon observed", LogDetail("phase", "full"), {}) == ("phase", "full")


def test_both_logs_tell_the_time_by_one_clock_and_name_it(cast: Cast) -> None:
    User.objects.filter(pk=cast.administrator.pk).update(is_administrator=True)
    client = signed_in(User.objects.get(pk=cast.administrator.pk))
    actions.make_sign_in_link(cast.administrator, cast.staff["teacher"])
    for address, events in (
        (reverse("administrator:log", args=["calm"]), queries.events(cast.study)),
        (reverse("administrator:server-log"), queries.events(None)),
    ):
        page = client.get(address).content.decode()
        local = timezone.localtime(events[0].at, ZoneInfo("Europe/Amsterdam"))
        assert f'datetime="{local:%Y-%m-%dT%H:%M}' in page and "time zone Europe/Amsterdam." in page


@pytest.mark.parametrize("page", ["log", "study"])
def test_no_raw_key_stands_in_the_pages_of_the_log(cast: Cast, page: str) -> None:
    shown = signed_in(cast.administrator).get(reverse(f"administrator:{page}", args=["calm"])).content.decode()
    assert [key for key in KEYS if f"{key}: " in shown] == []
    assert "Role: teacher" in shown
