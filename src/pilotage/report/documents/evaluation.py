"""The evaluation of a design as a document in the ADEMP layout (Morris, White & Crowther 2019)."""

from __future__ import annotations

from pilotage.formatting import counted, listed, per_cent
from pilotage.planning.design import Setting
from pilotage.planning.evaluation import Evaluation
from pilotage.planning.performance import DecisionPerformance, Measured, MethodPerformance, SettingPerformance
from pilotage.planning.progression_criteria import DECISIONS
from pilotage.report.model.builders import numbers, table, text
from pilotage.report.model.document import Bullets, Document, Paragraph, Section, TableBlock, TableColumn
from pilotage.report.model.numbering import numbered
from pilotage.report.model.values import Cell, LightCell, Quantity
from pilotage.report.model.wording import number
from pilotage.vocabulary import JUDGED_LIGHTS

STAMP = (
    "SIMULATED: every number here comes from trials that the protocol's simulator made up. No person gave any answer."
)
ADEMP = "Morris, White & Crowther (2019). Using simulation studies to evaluate statistical methods. Stat Med 38:2074."

METHODS = {
    "anova": "ANOVA, time by group",
    "change": "Change, Student's t",
    "ancova": "ANCOVA",
    "group means": "Change, means of groups",
}


def evaluation_document(evaluation: Evaluation) -> Document:
    """Return aims, data-generating mechanisms, estimands, methods and performance, tables numbered in reading order."""
    makers = (_aims, _mechanisms, _estimands, _methods)
    document = Document(
        title="Performance of this design",
        subtitle=evaluation.study,
        language="en",
        sections=(*(make(evaluation) for make in makers), *_performance(evaluation)),
        simulated=STAMP,
        facts={
            "Protocol": evaluation.protocol[:12],
            "Design": evaluation.fingerprint[:12],
            "Seed": str(evaluation.wanted.seed),
        },
    )
    return numbered(document)


def _aims(evaluation: Evaluation) -> Section:
    design = evaluation.wanted
    aim = (
        f"For {design.label}, to estimate the type I error of a study of each size, its power to find a difference of "
        f"{number(abs(design.difference), 'score')}, and the coverage of its intervals; and to estimate how often its "
        "progression criteria give the right light and the right decision."
    )
    return Section("aims", "Aims", (Paragraph(aim), Paragraph(f"Layout: {ADEMP}", "note")))


def _mechanisms(evaluation: Evaluation) -> Section:
    w, answers = evaluation.wanted, evaluation.wanted.answers
    how = (
        "Each item has an answer on its response scale, by the model of the protocol's rehearsal. Scores therefore "
        "have steps, and stay within the range of the scale."
        if answers == "items"
        else "Scores are normally distributed, with the moments of the rehearsal's model: without steps, and without "
        "the limits of the scale."
    )
    points = (
        how,
        f"The difference between arms is one in change, of {number(w.difference, 'score')} points. {w.why}",
        "Scores after the programme correlate within groups (the ICC); people in the other arm are in no group. "
        "SDs and reliability stay the same.",
        f"{number(w.attrition, 'share')} of the people have no score after the programme, completely at random.",
        f"Each setting has {counted(w.trials, 'trial')}, with seed {w.seed}; every task has a seed of its own.",
    )
    return Section("mechanisms", "Data-generating mechanisms", (Bullets(points), moments_table(evaluation)))


def moments_table(evaluation: Evaluation) -> TableBlock:
    """Build the table of what the scores come to in each setting, computed and not simulated."""
    columns = [numbers("icc", "ICC after"), numbers("icc_change", "ICC of change"), numbers("difference", "Difference")]
    columns += [numbers("mean", "Mean before"), numbers("sd", "SD"), numbers("sd_after", "SD after, programme")]
    columns += [numbers("r", "r"), numbers("range", "Range of the scale")]
    rows: dict[tuple[float, float], list[Cell]] = {}
    for performance in evaluation.settings:
        m = performance.moments
        rows[performance.setting.icc, performance.setting.difference] = [
            Quantity(m.icc_after, "coefficient"), Quantity(m.icc_change, "coefficient"),
            Quantity(m.difference, "score"), Quantity(m.mean, "score"), Quantity(m.sd, "score"),
            Quantity(m.sd_after, "score"), Quantity(m.correlation, "coefficient"), f"{m.lowest:g} to {m.highest:g}",
        ]  # fmt: skip
    return table("moments", "True moments of the scores", columns, rows.values())


def _estimands(evaluation: Evaluation) -> Section:
    sentence = (
        "The difference between the arms in mean change from before to after, in everyone who begins, if nobody left. "
        "It is the same for every method here: the arms do not differ before, and those who leave are like those who "
        "stay."
    )
    lights = (
        "For each criterion, the light of its true share or mean; and the decision that follows from all true lights."
    )
    return Section("estimands", "Estimands", (Bullets((sentence, lights) if evaluation.decisions else (sentence,)),))


def _methods(evaluation: Evaluation) -> Section:
    points = [
        "ANOVA, time by group: the published analysis. With two occasions it equals Student's t test of change; it is "
        "computed separately to show this.",
        "Change, Student's t: with pooled variance, in people with both scores.",
        "ANCOVA: the score after, adjusted for the score before, in people with both scores.",
        "Change, means of groups: each group is one observation, with Satterthwaite's degrees of freedom. It is the "
        "only method here that takes clustering into account.",
    ]
    if evaluation.decisions:
        points.append("Decision: go if every light is green, stop if any light is red, amend otherwise.")
    return Section("methods", "Methods", (Bullets(tuple(points)),))


def _performance(evaluation: Evaluation) -> tuple[Section, ...]:
    level = per_cent(evaluation.level, 0)
    null = [s for s in evaluation.settings if s.setting.difference == 0]
    real = [s for s in evaluation.settings if s.setting.difference != 0]
    note = "In brackets: the Monte Carlo standard error, that is, how much the number varies between seeds."
    tables = (
        rates_table(
            "type-1",
            f"No effect: type I error at {evaluation.alpha:g}, and coverage at {level}",
            null,
            "Type I error",
            note,
        ),
        rates_table(
            "power", f"With the effect: power at {evaluation.alpha:g}, and coverage at {level}", real, "Power", note
        ),
        errors_table([*null, *real], note),
    )
    sections = [Section("performance", "Performance: comparison of the arms", tables)]
    if evaluation.decisions:
        blocks = [lights_table(evaluation.decisions, note), decisions_table(evaluation.decisions, note)]
        left = tuple(f"{label}: not simulated, because {why}." for label, why in evaluation.not_simulated.items())
        sections.append(
            Section("lights", "Performance: lights and decisions", (*blocks, Bullets(left)) if left else tuple(blocks))
        )
    return tuple(sections)


def _setting_columns() -> list[TableColumn]:
    return [text("arms", "Groups × size + other arm"), numbers("icc", "ICC"), text("method", "Method")]


def _setting_cells(performance: SettingPerformance, method: MethodPerformance) -> list[Cell]:
    s = performance.setting
    return [_size(s), Quantity(s.icc, "coefficient"), METHODS[method.method]]


def _size(setting: Setting | DecisionPerformance) -> str:
    return f"{setting.groups} × {setting.size} + {setting.others}"


def rates_table(name: str, title: str, settings: list[SettingPerformance], rejected: str, note: str) -> TableBlock:
    """Build the table of how often each method rejects and covers."""
    columns = [*_setting_columns(), numbers("rejected", rejected), numbers("coverage", "Coverage")]
    columns += [numbers("analysed", "Trials analysed")]
    rows = [
        [*_setting_cells(performance, m), with_error(m.rejected), with_error(m.coverage), Quantity(m.analysed, "count")]
        for performance in settings
        for m in performance.methods
    ]
    return table(name, title, columns, rows, (note,))


def errors_table(settings: list[SettingPerformance], note: str) -> TableBlock:
    """Build the table of bias and standard errors of each method."""
    columns = [*_setting_columns(), numbers("difference", "Difference"), numbers("bias", "Bias")]
    columns += [numbers("empirical", "Empirical SE"), numbers("model", "Model SE")]
    rows = [
        [*_setting_cells(performance, m), Quantity(performance.setting.difference, "score"),
         *(with_error(measured) for measured in (m.bias, m.empirical_se, m.model_se))]
        for performance in settings
        for m in performance.methods
    ]  # fmt: skip
    return table("errors", "Bias and standard errors, in points on the scale", columns, rows, (note,))


def lights_table(decisions: tuple[DecisionPerformance, ...], note: str) -> TableBlock:
    """Build the table of how often each criterion shows each light."""
    columns: list[TableColumn] = [
        text("arms", "Groups × size + other arm"),
        text("criterion", "Criterion"),
        numbers("n", "n"),
    ]
    columns += [numbers("truth", "Truth"), text("true", "True light")]
    columns += [numbers(light, light.capitalize()) for light in JUDGED_LIGHTS]
    columns += [numbers("right", "Right"), numbers("exact", "Right, exact")]
    rows: list[list[Cell]] = []
    for decision in decisions:
        for judged in decision.criteria:
            c = judged.criterion
            truth = Quantity(c.truth, "share" if c.kind != "mean" or c.green <= 1 else "grade")
            exact = Quantity(judged.exact[judged.true_light] if judged.exact else None, "probability")
            rows.append([
                _size(decision), c.label, Quantity(judged.people, "count"), truth,
                LightCell(c.true_light), *(with_error(judged.lights[light]) for light in JUDGED_LIGHTS),
                with_error(judged.right), exact,
            ])  # fmt: skip
    exactly = "Right, exact: from the binomial distribution, for proportions."
    return table("lights", "Probability of each light", columns, rows, (note, exactly))


def decisions_table(decisions: tuple[DecisionPerformance, ...], note: str) -> TableBlock:
    """Build the table of how often each decision comes out, and the right one."""
    columns = [text("arms", "Groups × size + other arm"), text("right_one", "Right decision")]
    columns += [*(numbers(name, name.capitalize()) for name in DECISIONS), numbers("right", "Right")]
    rows = [
        [
            _size(d),
            d.right_decision,
            *(with_error(m) for m in d.decisions.values()),
            with_error(d.right),
        ]
        for d in decisions
    ]
    basis = (
        f"Criteria: {listed([c.criterion.label for c in decisions[0].criteria])}. They are assumed to be independent."
    )
    return table("decisions", "Probability of each decision", columns, rows, (note, basis))


def with_error(measured: Measured) -> str:
    """Return a measure with its Monte Carlo standard error in brackets."""
    return f"{number(measured.value, 'simulated')} ({number(measured.mcse, 'simulated')})"
