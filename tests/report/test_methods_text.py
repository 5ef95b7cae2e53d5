"""The methods are written from the plan: its facts change the words, the study's status the tense."""

from typing import Any

import pytest

from pilotage.protocol.plan import ImportantDifference
from pilotage.report.sections.context import Context
from pilotage.report.sections.methods_text import methods_text
from tests.report import facts
from tests.report.protocols import changed

HERE = facts.context()
PLAN = HERE.protocol.analysis


def text(context: Context = HERE) -> str:
    return " ".join(paragraph.text for paragraph in methods_text(context))


def ours(**values: Any) -> Context:
    assert PLAN.recommended is not None
    return changed(HERE, analysis={"recommended": PLAN.recommended.model_copy(update=values)})


@pytest.mark.parametrize(
    ("status", "said"),
    [("planned", "will be compared between arms"), ("running", "are compared between arms"),
     ("closed", "were compared between arms")],
)  # fmt: skip
def test_the_tense_follows_where_the_study_stands(status: str, said: str) -> None:
    assert said in text(changed(HERE, study={"status": status}))


def test_a_planned_study_says_nothing_as_done() -> None:
    planned = own_words_left_out(text(changed(HERE, study={"status": "planned"})))
    assert " was " not in planned
    assert " were " not in planned
    assert " will be " not in text()


def own_words_left_out(said: str) -> str:
    """Without the words that the plan itself puts in, in whatever tense."""
    assert PLAN.recommended is not None
    for words in (PLAN.recommended.estimand, *PLAN.missing.occasions.values()):
        said = said.replace(words.strip(), "")
    return said


def test_only_the_presets_asked_for_are_described() -> None:
    alone = changed(HERE, analysis={"presets": ["paper-2020"], "recommended": None})
    assert "preset “paper-2020”" in text(alone)
    assert "preset “recommended”" not in text(alone)
    assert "maxT" not in text(alone)
    other = changed(HERE, analysis={"presets": ["recommended"]})
    assert "preset “paper-2020”" not in text(other)


def test_what_is_adjusted_for_and_compared_with_is_the_plans() -> None:
    assert "adjusted for the first score and age, as each other arm less Control" in text()
    bare = ours(covariates=[], reference="training")
    assert "adjusted for the first score, as each other arm less Training" in text(bare)


def test_equal_means_at_the_start_are_for_randomised_studies() -> None:
    assert "(cLDA) was left out, as chance did not form the arms" in text()
    assert "(cLDA) was added" in text(changed(HERE, study={"randomised": True}))


def test_strata_prior_seed_and_day_are_those_of_the_plan() -> None:
    assert "within cohorts" not in text()
    assert "the exact permutation test of change within cohorts" in text(ours(strata="cohort"))
    assert "10,000 relabellings, seed 2020" in text()
    assert "1,000 relabellings, seed 7" in text(ours(resamples=1_000, seed=7))
    assert "dates from 22 November 2026" in text()


def test_differences_that_matter_are_named_with_their_reason() -> None:
    assert "No smallest difference that would matter was named." in text()
    first = PLAN.outcomes.main[0].model_copy(
        update={"minimal_important_difference": ImportantDifference(value=4, why="the panel of patients")}
    )
    named = changed(HERE, analysis={"outcomes": PLAN.outcomes.model_copy(update={"main": [first]})})
    assert "mindfulness 4 (the panel of patients)" in text(named)


def test_without_families_nothing_is_said_to_be_corrected_but_what_is() -> None:
    assert "corrected by Holm and Benjamini-Hochberg within the family “main” (main outcomes)" in text()
    bare = changed(HERE, analysis={"families": [], "presets": ["paper-2020"], "recommended": None})
    assert "Nothing was corrected for the number of tests." in text(bare)
