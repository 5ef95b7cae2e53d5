"""Each limitation stands where its fact was found, and falls when the fact is flipped."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from pilotage.analysis.results import (
    ArmFlow,
    Described,
    DiaryPractice,
    LoggedTest,
    Provenance,
    ReliabilityResult,
)
from pilotage.report.sections.context import Context
from pilotage.report.sections.limitations import RULES, limitations, limitations_that_hold, measures, people, study
from pilotage.stats.complete_cases import Exclusion
from pilotage.yaml_file import Unknown
from tests.report import effects, facts
from tests.report.protocols import changed

HERE = facts.context()
PROVENANCE = facts.results().provenance
TESTS = tuple(LoggedTest("paper-2020", "change between arms", "pre-post", "x", "F", 0.2) for _ in range(40))
WIDE = replace(facts.OUTCOME, hedges_g=facts.estimate(0.7, 0.1, 1.3))
NARROW = replace(facts.OUTCOME, hedges_g=facts.estimate(0.7, 0.6, 0.8))
GONE = replace(facts.OUTCOME, n_analysed=46, excluded=(Exclusion("p1", "no answers"),))
ASKED, UNASKED = facts.REACTIONS, replace(facts.REACTIONS, arm="control", asked=False, events=0)
LOST = Unknown(unknown="lost")
PEOPLE = HERE.protocol.study.people


def since(first_answer: str) -> Provenance:
    return replace(PROVENANCE, first_answer=first_answer)


def gender(**counts: int | None) -> Context:
    return facts.context(baseline=(Described("about-you.gender", "Gender", "training", 25, 0, None, dict(counts)),))


def taught_in(**cohorts: int) -> Context:
    arm = ArmFlow("training", "Training", 25, None, {}, 25, 25, cohorts, 0, {}, 0, {}, True, {})
    return facts.context(flow=(arm,))


def alpha(value: float) -> Context:
    found = ReliabilityResult("proqol-5.burnout", "pre", 47, 0, 10, facts.estimate(value), None, "")
    return facts.context(reliability=(found,))


def asked(how: str, *reactions: object) -> Context:
    safety = HERE.protocol.safety
    assert safety is not None
    told = safety.model_copy(update={"ascertainment": how})
    return changed(facts.context(reactions=reactions), safety=told)


def set_on(day: object) -> Context:
    context = facts.context(provenance=since("2020-06-01"))
    return changed(context, feasibility={"set_on": day})


def fixed_on(day: object) -> Context:
    context = facts.context(provenance=since("2020-06-01"))
    plan = context.protocol.analysis.recommended
    assert plan is not None
    return changed(context, analysis={"recommended": plan.model_copy(update={"set_on": day})})


def made_by(*roles: str) -> Context:
    return changed(HERE, study={"people": [p for p in PEOPLE if set(p.roles) & set(roles)]})


def seen_by_others() -> Context:
    other = HERE.protocol.assessments[0].model_copy(update={"by": "someone who knows them"})
    return changed(HERE, assessments=[other])


FACTS: list[tuple[Callable[[Context], str], Context, str, Context]] = [
    (study.simulated, facts.context(provenance=replace(PROVENANCE, simulated="seed 1")), "are simulated", HERE),
    (study.not_randomised, HERE, "not allocated to the arms at random", changed(HERE, study={"randomised": True})),
    (study.few_people, facts.with_outcomes(WIDE), "reach 0.60 SD to either side", facts.with_outcomes(NARROW)),
    (study.many_tests, facts.context(tests=TESTS), "40 tests were run, all of them listed; without any effect about 2",
     facts.context(tests=TESTS[:1])),
    (study.criteria_afterwards, set_on(date(2020, 6, 2)), "feasibility were set after the first answers",
     set_on(date(2020, 5, 31))),
    (study.criteria_afterwards, set_on(LOST), "on a day not known", set_on(date(2020, 6, 1))),
    (study.plan_afterwards, fixed_on(date(2020, 6, 2)), "was fixed after the first answers",
     fixed_on(date(2020, 5, 31))),
    (study.teachers_write, HERE, "Erik van den Brink and Frits Koster taught", made_by("researcher")),
    (study.one_analyst, HERE, "One person, Agna A. Bartels-Velthuis,", made_by("teacher")),
    (people.one_gender, gender(female=43, male=4), "Only 4 of 47 people are male", gender(female=25, male=22)),
    (people.one_gender, gender(female=None, male=None), "their number is withheld", gender(female=25, male=22)),
    (people.one_gender, gender(female=47, male=0), "All 47 people are female", gender(female=40, male=7)),
    (people.missing, facts.with_outcomes(GONE), "Up to 1 of 47 people (2.1 %)", HERE),
    (people.groups, taught_in(a=14, b=11), "taught in 2 groups", taught_in(a=9, b=9, c=9, d=9, e=9)),
    (people.harm, asked("both", ASKED), "partly left to people to tell", asked("systematic", ASKED)),
    (people.harm, asked("spontaneous", ASKED), "told by some", asked("systematic", ASKED)),
    (people.harm, asked("systematic", ASKED, UNASKED), "not asked for in Control", asked("systematic", ASKED)),
    (people.harm, asked("systematic"), "was not asked for, so that none", asked("systematic", ASKED)),
    (measures.unreliable, alpha(0.57), "ProQOL, burnout (.57)", alpha(0.75)),
    (measures.ceiling, effects.with_effects(ends=replace(effects.ENDS, ceiling=True)), "best score there is in",
     effects.with_effects()),
    (measures.stands_in, HERE, "the SCS stands in for the Dutch 24-item version",
     changed(HERE, analysis={"stands_in": {}})),
    (measures.self_report, HERE, "what people say of themselves", seen_by_others()),
    (measures.practice_recalled, HERE, "recalled at the end",
     facts.context(diary=(DiaryPractice("training", "formal", facts.PRACTICE.summary),))),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "so", "words", "flipped"), FACTS, ids=[f"{f[0].__name__}: {f[2]}" for f in FACTS])
def test_a_limitation_stands_and_falls_with_its_fact(
    rule: Callable[[Context], str], so: Context, words: str, flipped: Context
) -> None:
    assert words in rule(so)
    assert words not in rule(flipped)


def test_every_rule_has_a_fact_that_is_flipped() -> None:
    assert {rule.__name__ for rule in RULES} == {rule.__name__ for rule, *_ in FACTS}


def test_one_arm_is_a_limitation_of_its_own() -> None:
    assert study.not_randomised(facts.context(people={"training": 25})).startswith("There is one arm")


def test_the_section_holds_what_was_found_and_nothing_else() -> None:
    found = limitations_that_hold(HERE)
    assert "" not in found
    assert limitations(HERE).blocks[-1].items == found  # type: ignore[union-attr]
