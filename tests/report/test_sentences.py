"""Sentences change with the facts: each is read once as it is, and once with the fact flipped."""

from dataclasses import replace

from pilotage.report.sections.adverse_events import adverse_events_sentence
from pilotage.report.sections.delivery import (
    attendance_sentence,
    correlation_sentence,
    practice_sentence,
    sessions_sentence,
)
from pilotage.report.sections.feasibility import lights_sentence
from pilotage.report.sections.measurement import decision_sentence, keying_paragraph
from pilotage.report.sections.outcomes import allocation_sentence, multiplicity_sentence, outcome_sentence
from pilotage.report.sections.summary import main_sentence
from tests.report import facts


def test_an_outcome_below_the_limit_says_in_whose_favour() -> None:
    said = outcome_sentence(facts.context(), facts.OUTCOME)
    assert "change differed in favour of Training, a medium effect" in said
    assert "F(1, 45) = 6.08, p = .018, partial η² = .119 [.012, .268]; n = 47" in said


def test_an_outcome_above_the_limit_claims_no_difference() -> None:
    flipped = replace(facts.OUTCOME, time_by_group=facts.effect(p=0.3))
    said = outcome_sentence(facts.context(), flipped)
    assert "no difference in change was shown (the observed one favours Training)" in said
    assert "differed" not in said


def test_an_outcome_that_favours_the_control_arm_says_so() -> None:
    assert "in favour of Control" in outcome_sentence(facts.context(), replace(facts.OUTCOME, favours="control"))


def test_an_outcome_not_compared_says_why() -> None:
    flipped = replace(facts.OUTCOME, time_by_group=None, why_not="not compared: its alpha is below 0.7")
    assert outcome_sentence(facts.context(), flipped) == "Self-compassion: not compared: its alpha is below 0.7."


def test_without_a_named_rule_of_thumb_no_size_is_called() -> None:
    flipped = replace(facts.OUTCOME, sizes={})
    assert "effect by the benchmarks" not in outcome_sentence(facts.context(), flipped)


def test_more_than_two_arms_are_not_said_to_favour_one() -> None:
    flipped = replace(facts.OUTCOME, arms=(*facts.OUTCOME.arms, facts.arm("control", 0.1)), favours="")
    assert "change differed between the arms" in outcome_sentence(facts.context(), flipped)


def test_multiplicity_names_what_stays_below_the_limit_and_what_does_not() -> None:
    context = facts.with_outcomes(facts.OUTCOME)
    assert "by Holm within the family “main” (1 test), none stayed below it" in multiplicity_sentence(
        context, context.first_comparison
    )
    stays = replace(facts.OUTCOME, adjusted={"main:holm": 0.01})
    context = facts.with_outcomes(stays)
    assert "Self-compassion stayed below it" in multiplicity_sentence(context, context.first_comparison)


def test_arms_not_formed_by_chance_are_said_to_be_so() -> None:
    assert "not formed by chance" in allocation_sentence(facts.context())
    assert "one arm" in allocation_sentence(facts.context(people={"training": 25}))


def test_the_summary_counts_the_main_outcomes_that_differ() -> None:
    other = replace(facts.OUTCOME, scale="pss-10.total", label="Stress", time_by_group=facts.effect(p=0.4))
    said = main_sentence(facts.with_outcomes(facts.OUTCOME, other))
    assert said.startswith("Of 2 main outcomes, self-compassion (in favour of Training) changed differently")
    assert said.endswith("; stress did not.")
    assert "none changed differently" in main_sentence(facts.with_outcomes(other))


def test_lights_are_counted_and_those_not_green_are_named() -> None:
    assert "Of 1 criterion with data, 1 green." in lights_sentence(facts.context())
    amber = replace(facts.INDICATOR, light="amber")
    missing = replace(facts.INDICATOR, estimate=None, not_collected="no answers")
    domains = facts.results().feasibility
    flipped = facts.context(feasibility=(replace(domains[0], indicators=(amber, missing)),))
    assert "1 amber; not green: Grade (amber)." in lights_sentence(flipped)
    assert "1 criterion could not be judged: Grade (no answers)." in lights_sentence(flipped)


def test_sessions_held_in_full_cancelled_and_never_recorded_read_differently() -> None:
    assert sessions_sentence(facts.SESSIONS) == (
        "All 18 planned sessions (2 of them replacing something by plan) were held in full."
    )
    cancelled = replace(
        facts.SESSIONS, by_state={"held": 17, "cancelled": 1}, departures=(("g1", 3, "cancelled", "snow"),)
    )
    assert "17 held and 1 cancelled" in sessions_sentence(cancelled)
    under_way = replace(facts.SESSIONS, by_state={"held": 4, "planned": 14})
    assert "4 held and 14 planned" in sessions_sentence(under_way)
    assert sessions_sentence(None) == "Sessions: not collected."


def test_everybody_completing_is_said_as_everybody_and_fewer_as_a_share() -> None:
    assert attendance_sentence(facts.context(), facts.ATTENDANCE).startswith("Everybody in the arm Training")
    fewer = replace(facts.ATTENDANCE, completed=20)
    assert attendance_sentence(facts.context(), fewer).startswith("20 of 25 (80.0 %) in the arm Training")


def test_practice_is_set_against_what_was_asked() -> None:
    said = practice_sentence(facts.context(), facts.PRACTICE)
    assert "people did 28.8 % of the most and 38.4 % [27.0 %, 50.0 %] of the least that was asked" in said
    assert "asked" not in practice_sentence(facts.context(), replace(facts.PRACTICE, asked=None))


def test_a_correlation_not_shown_is_not_read_as_none() -> None:
    assert "an r below .40 could not have been shown; that is not the same as no relation" in correlation_sentence(
        facts.context()
    )
    shown = facts.context(correlations=(replace(facts.CORRELATION, pearson_p=0.01),))
    assert correlation_sentence(shown).startswith("Related to home practice: Self-compassion.")


def test_a_scale_is_dropped_or_kept_by_the_rule_with_its_number() -> None:
    said = decision_sentence(facts.context(), facts.DECISION)
    assert ".57, below the limit of .70 fixed beforehand; the scale is not compared" in said
    kept = decision_sentence(facts.context(), replace(facts.DECISION, alpha=0.74, compared=True))
    assert ".74, at or above the limit of .70 fixed beforehand; the scale is compared" in kept


def test_no_reaction_one_reaction_and_a_serious_one_read_differently() -> None:
    context = facts.context()
    assert "5 of 25 people (20.0 %) reported an adverse event; no event was serious (a rate of up to 11.3 %" in (
        adverse_events_sentence(context, facts.REACTIONS)
    )
    assert "none of 25 people" in adverse_events_sentence(context, replace(facts.REACTIONS, people_with=0, events=0))
    serious = replace(facts.REACTIONS, serious=1, serious_upper=None)
    assert adverse_events_sentence(context, serious).endswith("; 1 event was serious.")


def test_an_event_whose_seriousness_nobody_judged_is_not_called_harmless() -> None:
    context = facts.context()
    waiting = replace(facts.REACTIONS, seriousness_not_judged=4, serious_upper=None)
    assert adverse_events_sentence(context, waiting).endswith("; the seriousness of 4 of 5 events has not been judged.")
    assert adverse_events_sentence(context, replace(waiting, serious=1)).endswith(
        "; 1 event was serious, and the seriousness of 4 of 5 events has not been judged."
    )


def test_answers_that_speak_against_the_key_are_a_warning() -> None:
    quiet = keying_paragraph(facts.context())
    assert (quiet.kind, "In none of the 1 scale" in quiet.text) == ("plain", True)
    loud = keying_paragraph(facts.context(keying=(replace(facts.KEYING, favours="unreversed"),)))
    assert loud.kind == "warning"
    assert "PSS-10, total hang together better without the reversal" in loud.text
