"""An outcome is assembled once: the same people in the same order, and everyone who is left out with the reason."""

import numpy as np
import polars as pl

from pilotage.analysis.outcome_data import OutcomeData
from pilotage.analysis.scores import score_all
from tests.analysis.study import given, people, rehearsed


def without(assessment: str, *persons: str) -> OutcomeData:
    data = rehearsed()
    gone = (pl.col("assessment") == assessment) & pl.col("participant").is_in(list(persons))
    study = given(administrations=data.administrations.filter(~gone), responses=data.responses.filter(~gone))
    return score_all(study).outcome("pss-10.total", ("pre", "post"))


def test_an_outcome_holds_everyone_of_the_study_by_code_with_their_arm() -> None:
    data = score_all(given()).outcome("pss-10.total", ("pre", "post"))
    assert data.people == given().people()
    assert data.arms.tolist() == [given().arm_of[person] for person in data.people]
    assert data.scores.shape == (47, 2)


def test_the_scores_are_those_of_the_scoring_person_by_person() -> None:
    scores = score_all(given())
    part = scores.part("pss-10", "post")
    assert part is not None
    expected = dict(zip(part.participants, part.scales["total"][0].tolist(), strict=True))
    data = scores.outcome("pss-10.total", ("pre", "post"))
    assert dict(zip(data.people, data.scores[:, 1].tolist(), strict=True)) == expected


def test_who_lacks_a_score_stays_in_the_data_and_is_excluded_from_the_complete_with_a_reason() -> None:
    person = people("control")[2]
    data = without("pre", person)
    assert [(e.participant, e.reason) for e in data.excluded] == [(person, "no answers at Before the training")]
    assert (len(data.people), len(data.complete.people), len(data.seen.people)) == (47, 46, 47)
    assert person not in data.complete.people
    assert person not in data.with_first.people
    assert data.complete.excluded == data.excluded


def test_the_first_lacking_assessment_gives_the_reason() -> None:
    person = people("training")[0]
    data = rehearsed()
    gone = pl.col("participant") == person
    study = given(administrations=data.administrations.filter(~gone), responses=data.responses.filter(~gone))
    outcome = score_all(study).outcome("pss-10.total", ("pre", "post"))
    assert [e.reason for e in outcome.excluded] == ["no answers at Before the training"]
    assert len(outcome.seen.people) == 46


def test_an_outcome_is_assembled_once_for_every_analysis() -> None:
    scores = score_all(given())
    first = scores.outcome("pss-10.total", ["pre", "post"])
    assert scores.outcome("pss-10.total", ("pre", "post")) is first
    assert first.complete is first.complete


def test_whoever_is_paired_has_both_scores_and_every_covariate() -> None:
    scores = np.array([[1.0, 2.0, np.nan], [1.0, np.nan, 3.0], [np.nan, 2.0, 3.0], [1.0, 2.0, 3.0]])
    data = OutcomeData(("a", "b", "c", "d"), np.array(["x"] * 4), scores)
    assert data.paired(1).tolist() == [True, False, False, True]
    adjusted = OutcomeData(data.people, data.arms, scores, covariates=np.array([[np.nan], [1.0], [1.0], [1.0]]))
    assert adjusted.paired(1).tolist() == [False, False, False, True]
    assert adjusted.only(adjusted.paired(1)).people == ("d",)
