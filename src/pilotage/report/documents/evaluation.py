"""The evaluation of a design as a document in the ADEMP layout (Morris, White & Crowther 2019)."""

from __future__ import annotations

from pilotage.formatting import counted, listed
from pilotage.planning.evaluation import Evaluation
from pilotage.planning.performance import DecisionPerformance, Measured, MethodPerformance, SettingPerformance
from pilotage.report.model.builders import numbers, table, text
from pilotage.report.model.document import Bullets, Document, Paragraph, Section, TableBlock, TableColumn
from pilotage.report.model.numbering import numbered
from pilotage.report.model.values import Cell, LightCell, Quantity
from pilotage.report.model.wording import number

STAMP = "SIMULATED: nobody answered anything; every number here comes from trials made up by the protocol's simulator."
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
        title="How this design performs",
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


def _aims(found: Evaluation) -> Section:
    aim = (
        f"To find, for {found.wanted.label} ({found.wanted.scale}), how often a study of each size errs when there is "
        f"no effect, how often it finds a difference of {number(abs(found.wanted.difference), 'score')}, whether its "
        "intervals cover, and how often its criteria show the light and lead to the decision that the truth deserves."
    )
    return Section("aims", "Aims", (Paragraph(aim), Paragraph(f"Layout: {ADEMP}", "note")))


def _mechanisms(found: Evaluation) -> Section:
    w, answers = found.wanted, found.wanted.answers
    how = (
        "Each item is answered by steps, by the model that the protocol's rehearsal uses, so that scores are whole and "
        "end where the scale ends."
        if answers == "items"
        else "Scores are normal with the moments of the rehearsal's model: no steps, and no ends of the scale."
    )
    points = (
        how,
        f"The difference is one of change, {number(w.difference, 'score')} points. {w.why}",
        "Some of what is particular to the second occasion is shared by a group (the ICC); people of the other arm "
        "have no group. Spread and reliability stay the same.",
        f"{number(w.attrition, 'share')} of the people have no score after, whoever they are.",
        f"{counted(w.trials, 'trial')} of each setting, seed {w.seed}; every task draws from a seed of its own.",
    )
    return Section("mechanisms", "Data-generating mechanisms", (Bullets(points), moments_table(found)))


def moments_table(found: Evaluation) -> TableBlock:
    """What the scores come to in each setting, computed and not drawn."""
    columns = [numbers("icc", "ICC after"), numbers("icc_change", "ICC of change"), numbers("difference", "Difference")]
    columns += [numbers("mean", "Mean before"), numbers("sd", "SD"), numbers("sd_after", "SD after, taught")]
    columns += [numbers("r", "r"), numbers("range", "Range of the scale")]
    rows: dict[tuple[float, float], list[Cell]] = {}
    for one in found.settings:
        m = one.moments
        rows[one.setting.icc, one.setting.difference] = [
            Quantity(m.icc_after, "coefficient"), Quantity(m.icc_change, "coefficient"),
            Quantity(m.difference, "score"), Quantity(m.mean, "score"), Quantity(m.sd, "score"),
            Quantity(m.sd_after, "score"), Quantity(m.correlation, "coefficient"), f"{m.lowest:g} to {m.highest:g}",
        ]  # fmt: skip
    return table("moments", "What is true of the scores", columns, rows.values())


def _estimands(found: Evaluation) -> Section:
    said = (
        "The difference between the arms in mean change from before to after, in all who begin, had nobody left. It is "
        "the same for every method here, since the arms do not differ before and those who leave are like those who "
        "stay."
    )
    lights = "Of each criterion: the light of its true share or mean, and the decision that all true lights lead to."
    return Section("estimands", "Estimands", (Bullets((said, lights) if found.decisions else (said,)),))


def _methods(found: Evaluation) -> Section:
    points = [
        "ANOVA, time by group: the published analysis. At two occasions it is Student's t on change, and it is "
        "computed apart to show that.",
        "Change, Student's t: pooled variance; people with both scores.",
        "ANCOVA: the score after, adjusted for the one before; people with both scores.",
        "Change, means of groups: each group counts as one observation, with Satterthwaite's degrees of freedom; the "
        "one method here that knows of the groups.",
    ]
    if found.decisions:
        points.append("Decision: go when every light is green, stop when one is red, amend otherwise.")
    return Section("methods", "Methods", (Bullets(tuple(points)),))


def _performance(found: Evaluation) -> tuple[Section, ...]:
    level = f"{found.level:.0%}".replace("%", " %")
    null = [s for s in found.settings if s.setting.difference == 0]
    real = [s for s in found.settings if s.setting.difference != 0]
    note = "In brackets the Monte Carlo standard error: what another seed could make of it."
    tables = (
        rates_table(
            "type-1", f"No effect: type I error at {found.alpha:g}, and coverage at {level}", null, "Type I error", note
        ),
        rates_table(
            "power", f"With the effect: power at {found.alpha:g}, and coverage at {level}", real, "Power", note
        ),
        errors_table([*null, *real], note),
    )
    sections = [Section("performance", "Performance: the comparison of the arms", tables)]
    if found.decisions:
        blocks = [lights_table(found.decisions, note), decisions_table(found.decisions, note)]
        left = tuple(f"{label}: not simulated, {why}." for label, why in found.not_simulated.items())
        sections.append(
            Section("lights", "Performance: lights and decisions", (*blocks, Bullets(left)) if left else tuple(blocks))
        )
    return tuple(sections)


def _setting_columns() -> list[TableColumn]:
    return [text("arms", "Groups × size + others"), numbers("icc", "ICC"), text("method", "Method")]


def _setting_cells(one: SettingPerformance, method: MethodPerformance) -> list[Cell]:
    s = one.setting
    return [f"{s.groups} × {s.size} + {s.others}", Quantity(s.icc, "coefficient"), METHODS[method.method]]


def rates_table(name: str, title: str, settings: list[SettingPerformance], rejected: str, note: str) -> TableBlock:
    """How often each method rejects and covers."""
    columns = [*_setting_columns(), numbers("rejected", rejected), numbers("coverage", "Coverage")]
    columns += [numbers("analysed", "Trials analysed")]
    rows = [
        [*_setting_cells(one, m), said(m.rejected), said(m.coverage), Quantity(m.analysed, "count")]
        for one in settings
        for m in one.methods
    ]
    return table(name, title, columns, rows, (note,))


def errors_table(settings: list[SettingPerformance], note: str) -> TableBlock:
    """Bias and standard errors of each method."""
    columns = [*_setting_columns(), numbers("difference", "Difference"), numbers("bias", "Bias")]
    columns += [numbers("empirical", "Empirical SE"), numbers("model", "Model SE")]
    rows = [
        [*_setting_cells(one, m), Quantity(one.setting.difference, "score"), said(m.bias), said(m.empirical_se),
         said(m.model_se)]
        for one in settings
        for m in one.methods
    ]  # fmt: skip
    return table("errors", "Bias and standard errors, in points of the scale", columns, rows, (note,))


def lights_table(decisions: tuple[DecisionPerformance, ...], note: str) -> TableBlock:
    """How often each criterion shows each light."""
    columns: list[TableColumn] = [
        text("arms", "Groups × size + others"),
        text("criterion", "Criterion"),
        numbers("n", "n"),
    ]
    columns += [numbers("truth", "Truth"), text("true", "True light")]
    columns += [numbers(colour, colour.capitalize()) for colour in ("green", "amber", "red")]
    columns += [numbers("right", "Right"), numbers("exact", "Right, exactly")]
    rows: list[list[Cell]] = []
    for one in decisions:
        for found in one.criteria:
            c = found.criterion
            truth = Quantity(c.truth, "share" if c.kind != "mean" or c.green <= 1 else "grade")
            exact = Quantity(found.exact[found.true_light] if found.exact else None, "probability")
            rows.append([
                f"{one.groups} × {one.size} + {one.others}", c.label, Quantity(found.people, "count"), truth,
                LightCell(c.true_light), *(said(found.lights[colour]) for colour in ("green", "amber", "red")),
                said(found.right), exact,
            ])  # fmt: skip
    exactly = "Right, exactly: by the binomial distribution, for shares."
    return table("lights", "How often each light shows", columns, rows, (note, exactly))


def decisions_table(decisions: tuple[DecisionPerformance, ...], note: str) -> TableBlock:
    """How often each decision comes out, and the right one."""
    columns = [text("arms", "Groups × size + others"), text("right_one", "Right decision")]
    columns += [*(numbers(name, name.capitalize()) for name in ("go", "amend", "stop")), numbers("right", "Right")]
    rows = [
        [
            f"{d.groups} × {d.size} + {d.others}",
            d.right_decision,
            *(said(m) for m in d.decisions.values()),
            said(d.right),
        ]
        for d in decisions
    ]
    missing = f"Of {listed([c.criterion.label for c in decisions[0].criteria])}; criteria are taken as independent."
    return table("decisions", "How often each decision comes out", columns, rows, (note, missing))


def said(measured: Measured) -> str:
    """A measure with its Monte Carlo standard error in brackets."""
    return f"{number(measured.value, 'simulated')} ({number(measured.mcse, 'simulated')})"
