"""The pages on the protocol keep step with the models, and their examples are sound."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
from ruamel.yaml import YAML

from pilotage.protocol.assessment import Assessment
from pilotage.protocol.conditions import Condition
from pilotage.protocol.feasibility import Feasibility
from pilotage.protocol.forms import Form
from pilotage.protocol.protocol import OfferedReasons
from pilotage.protocol.safety import Safety
from pilotage.protocol.study import ConsentPlan, StudyInformation
from pilotage.protocol.words import say
from pilotage.yaml_file import Part
from tests.protocol.sound import problems, spoilt
from tests.shared import ROOT

HOW_TO = (ROOT / "docs" / "howto" / "write-a-protocol.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def reference() -> ModuleType:
    file = ROOT / "docs" / "make_protocol_reference.py"
    spec = importlib.util.spec_from_file_location("make_protocol_reference", file)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_in_step_with_the_models(reference: ModuleType) -> None:
    assert (ROOT / "docs/reference/protocol.md").read_text(encoding="utf-8") == reference.page(), "run: just docs"


def test_every_part_has_a_heading_of_its_own(reference: ModuleType) -> None:
    places = list(reference.parts().values())

    assert len(places) == len(set(places))


def test_every_key_says_what_it_means(reference: ModuleType) -> None:
    parts: dict[type[Part], str] = reference.parts()
    silent = [
        f"{part.__name__}.{n}" for part in parts for n, field in part.model_fields.items() if not field.description
    ]

    assert silent == []


def test_every_link_within_the_page_leads_to_a_heading(reference: ModuleType) -> None:
    page = reference.page()
    headings = {
        re.sub(r"[^\w -]", "", h).replace(" ", "-").lower() for h in re.findall(r"^## (.*)$", page, re.MULTILINE)
    }

    assert set(re.findall(r"\(#([^)]+)\)", page)) <= headings


def test_the_examples_of_the_how_to_are_sound() -> None:
    unknown, questions, reasons, feasibility, consent = (
        YAML(typ="safe").load(block) for block in re.findall(r"```yaml\n(.*?)```", HOW_TO, re.DOTALL)
    )

    assert "unknown" in unknown["funding"] and "funding" in StudyInformation.model_fields
    (form,) = (Form.model_validate(form) for form in questions["forms"])
    assert isinstance(form.items[2].show_if, Condition)
    assert Assessment.model_validate(questions["assessments"][0]).forms == [form.id]
    assert say(OfferedReasons.model_validate(reasons["reasons"]).leaving[0], "nl") == "ziekte"
    assert [d.status for d in Feasibility.model_validate(feasibility["feasibility"]).domains] == [
        "assessed",
        "not applicable",
    ]
    assert ConsentPlan.model_validate(consent["consent"]).versions[0].statements[1].required is False
    assert Safety.model_validate(consent["safety"]).alerts[0].limit.met(27)


def test_the_problem_shown_in_the_how_to_is_what_is_said(tmp_path: Path) -> None:
    found = problems(tmp_path, spoilt("instruments: [pss-10, eq-40]", "instruments: [pss-10, eq-40, pqol-5]"))

    shown = str(found[0]).splitlines()
    assert shown[1] in HOW_TO and shown[2] in HOW_TO and shown[0].startswith("PROTOCOL-002")


def test_the_glossary_has_the_nouns_of_the_protocol() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").lower()
    nouns = {"study", "protocol", "arm", "cohort", "participant", "enrolment", "session", "guideline", "contemplation"}
    nouns |= {
        "practice",
        "attendance",
        "assessment",
        "administration",
        "instrument",
        "item",
        "response",
        "scale",
        "score",
    }
    nouns |= {"deviation", "domain", "indicator", "analysis plan", "estimate", "report", "pairing", "round"}

    assert [noun for noun in sorted(nouns) if f"**{noun}**" not in glossary] == []
