"""The methods of analysis as a journal would print them, from the plan; in the tense of the study's status."""

from __future__ import annotations

from pilotage.formatting import counted, listed, uncapitalised, with_commas
from pilotage.protocol.plan import AnalysisPlan, RecommendedPlan
from pilotage.report.model.document import Paragraph
from pilotage.report.model.protocol_labels import known
from pilotage.report.model.wording import number
from pilotage.report.sections.context import Context
from pilotage.report.sections.outcome_labels import METHODS, ROLES
from pilotage.report.sections.tense import TENSES, Tense


def methods_text(context: Context) -> list[Paragraph]:
    """Return what will be, is or was done, preset by preset."""
    plan, tense = context.protocol.analysis, TENSES[context.protocol.study.status]
    texts = [outcomes_text(context, plan, tense)]
    if "paper-2020" in plan.presets:
        texts.append(paper_text(plan, tense))
    if plan.recommended is not None:
        texts += [effects_text(context, plan.recommended, tense), around_text(context, tense)]
        texts.append(beliefs_text(plan, plan.recommended, tense))
    texts += [multiplicity_text(plan, tense), missing_text(plan, tense)]
    return [Paragraph(text) for text in texts if text]


def outcomes_text(context: Context, plan: AnalysisPlan, tense: Tense) -> str:
    """Say what is compared, over which assessments, and by which rule a scale is dropped."""
    outcomes = plan.outcomes
    over = listed([
        f"{uncapitalised(c.label)} ({listed([context.assessment(a) for a in c.assessments])})"
        for c in plan.comparisons
    ])  # fmt: skip
    counts = f"{counted(len(outcomes.main), 'main outcome')} and {len(outcomes.secondary)} secondary"
    text = f"{counts} {tense.are} compared between arms over: {over}."
    if outcomes.if_reliable:
        rule = plan.reliability
        more = counted(len(outcomes.if_reliable), f"more {tense.is_}", f"more {tense.are}")
        text += (
            f" {more} compared only with an alpha of at least "
            f"{number(rule.at_least, 'coefficient')} at “{context.assessment(rule.at)}”."
        )
    return text


def paper_text(plan: AnalysisPlan, tense: Tense) -> str:
    """Put into words the analysis of the published study."""
    limit = number(plan.significance, "coefficient")
    return (
        "Analysis preset “paper-2020”, after Bartels-Velthuis et al. (2020): time by group in a repeated-measures "
        f"analysis of variance {tense.is_} tested in people with a score at every assessment compared, with partial η² "
        f"as effect size, two-sided tests at p < {limit}; change {tense.is_} correlated with home practice (Pearson)."
    )


def effects_text(context: Context, plan: RecommendedPlan, tense: Tense) -> str:
    """Put into words the differences of the recommended preset."""
    # Items are named by their question's key in words: whole questions would break the sentence.
    names = [context.protocol.item(name).id.replace("-", " ") for name in plan.covariates]
    more = f" and {listed(names)}" if names else ""
    cohorts = " within cohorts" if plan.strata == "cohort" else ""
    constrained = (
        f"the same with equal means at the start (cLDA) {tense.is_} added, as people {tense.are} allocated at random"
        if context.protocol.study.randomised
        else f"one with equal means at the start (cLDA) {tense.is_} left out, as chance did not form the arms"
    )
    return (
        f"Analysis preset “recommended”: the estimand {tense.is_} {plan.estimand}. Later scores {tense.are} compared "
        f"by analysis of covariance, adjusted for the first score{more}, as each other arm less "
        f"{context.arm(plan.reference)}, with 95 % intervals, and the slopes tested for being alike. Beside it "
        f"{tense.are} given: change scores (Student's t, and with HC3 errors); a mixed model for repeated measures of "
        f"everyone with any score (REML, unstructured covariance, Kenward-Roger); {constrained}; the exact permutation "
        f"test of change{cohorts}; the Hodges-Lehmann shift and the probability of superiority; for main outcomes the "
        "odds ratio of a higher later score given the first (proportional odds); Hedges' g and d_ppc2."
    )


def around_text(context: Context, tense: Tense) -> str:
    """Say what is told around the differences: ends of scales, single people, groups, practice."""
    taught = (
        f" What being taught in groups would do to the errors {tense.is_} shown for assumed intraclass correlations, "
        f"and by errors robust to groups (CR2) where there {tense.are} groups enough."
        if context.protocol.programme
        else ""
    )
    practice = f" Rank correlations of change with practice {tense.are} given." if context.protocol.programme else ""
    return (
        f"Ends of the scales and headroom {tense.are} told before any effect. Reliable change of single people "
        f"(Jacobson and Truax, 1991) {tense.is_} counted by arm.{taught}{practice}"
    )


def beliefs_text(plan: AnalysisPlan, ours: RecommendedPlan, tense: Tense) -> str:
    """Put into words the two priors, and the differences that would matter."""
    prior = ours.sceptical_prior
    text = (
        f"The probability that an adjusted difference is for the better {tense.is_} computed with a flat prior and "
        f"with a sceptical one, which gives a difference above {prior.large:g} SD of the first scores a chance of "
        f"{prior.chance:g} ({prior.why})."
    )
    outcomes = (*plan.outcomes.main, *plan.outcomes.secondary, *plan.outcomes.if_reliable)
    named = [
        f"{o.label.lower()} {o.minimal_important_difference.value:g} ({o.minimal_important_difference.why})"
        for o in outcomes
        if o.minimal_important_difference
    ]
    if not named:
        return f"{text} No smallest difference that would matter {tense.is_} named."
    return f"{text} The smallest differences that would matter {tense.are} taken to be: {listed(named)}."


def multiplicity_text(plan: AnalysisPlan, tense: Tense) -> str:
    """Say how several tests at once are dealt with."""
    families = [
        f"by {listed([METHODS[m] for m in f.adjust])} within the family “{f.id}” "
        f"({listed([ROLES[r].lower() for r in f.outcomes])})"
        for f in plan.families
        if f.adjust
    ]
    parts = [f"p values {tense.are} corrected {listed(families)}"] if families else []
    if plan.recommended is not None:
        parts.append(
            f"all change scores {tense.are} tested together by maxT (Westfall and Young, 1993; "
            f"{with_commas(plan.recommended.resamples)} relabellings, seed {plan.recommended.seed})"
        )
    text = "; ".join(parts) or f"nothing {tense.is_} corrected for the number of tests"
    return f"{text[:1].upper()}{text[1:]}. Every test that {tense.is_} run {tense.is_} listed."


def missing_text(plan: AnalysisPlan, tense: Tense) -> str:
    """Say what becomes of blanks and missed assessments, and since when the plan stands."""
    handled = "; ".join(f"in “{preset}”, {rule.strip()}" for preset, rule in plan.missing.occasions.items())
    fixed = ""
    if plan.recommended is not None:
        fixed = f" The recommended analysis dates from {known(plan.recommended.set_on)}."
    return f"Blanks: {plan.missing.items}. Analysed {tense.are}: {handled}.{fixed}"
