"""The plan of the next study as a document: what is known, what is assumed, and the sizes that follow."""

from __future__ import annotations

from collections.abc import Iterable

from pilotage.formatting import counted, listed
from pilotage.planning.differences import WHY_NOT_OBSERVED
from pilotage.planning.results import Clustering, Definitive, Known, Legacy, Plan, Size
from pilotage.report.model.builders import numbers, table, text
from pilotage.report.model.document import Block, Bullets, Document, Paragraph, Section, TableBlock, TableColumn
from pilotage.report.model.numbering import numbered
from pilotage.report.model.values import Cell, Estimated, Quantity
from pilotage.report.model.wording import number
from pilotage.stats.estimate import Estimate
from pilotage.stats.power_conventions import POST_HOC_WARNING

SIMULATED = "SIMULATED: these data were made up by a rehearsal ({what}). Plan no study on them."


def plan_document(plan: Plan) -> Document:
    """Return the whole plan, its tables numbered in reading order."""
    sections = [_known(plan), _clustering(plan), *(_definitive(plan, trial) for trial in plan.definitive), _pilot(plan)]
    sections += [_legacy(plan.legacy)] if plan.legacy else []
    document = Document(
        title="Planning the next study",
        subtitle=plan.study,
        language="en",
        sections=tuple(sections),
        simulated=SIMULATED.format(what=plan.simulated) if plan.simulated else "",
        facts={"Protocol": plan.protocol[:12], "Data": plan.data[:12]},
    )
    return numbered(document)


def _known(plan: Plan) -> Section:
    blocks: list[Block] = [known_table(plan.known, plan.assessments)]
    blocks += (
        [Bullets(tuple(f"{scale}: nothing known, {why}." for scale, why in plan.not_known.items()))]
        if (plan.not_known)
        else []
    )
    return Section("known", "What this study tells", tuple(blocks))


def known_table(known: Iterable[Known], assessments: tuple[str, str]) -> TableBlock:
    """SDs with their upper limits, correlation and attrition of each outcome."""
    columns: list[TableColumn] = [text("outcome", "Outcome"), numbers("n", "n"), numbers("sd", "SD [95 %]")]
    columns += [numbers(f"upper_{level}", f"upper {level} %") for level in (80, 90, 95)]
    columns += [numbers("sd_change", "SD of change [95 %]"), numbers("r", "r [95 %]"), numbers("lost", "Lost [95 %]")]
    rows: list[list[Cell]] = [
        [
            k.label,
            Quantity(k.n, "count"),
            _estimated(k.sd, "score"),
            *(Quantity(limit.sd, "score") for limit in k.upper),
            _estimated(k.sd_change, "score"),
            _estimated(k.correlation, "coefficient"),
            _estimated(k.lost, "share"),
        ]
        for k in known
    ]
    notes = (
        f"SD at '{assessments[0]}', of change and r from there to '{assessments[1]}': pooled within arms, of people "
        "with both scores. Upper limits are one-sided (Browne 1995): an SD seen in a small study is too small more "
        "often than not. Lost: people without both scores, exact interval.",
    )
    return table("known", "Spread, stability and attrition", columns, rows, notes)


def _clustering(plan: Plan) -> Section:
    found = plan.clustering
    said = clustering_said(found)
    columns = [numbers("icc", "ICC assumed"), numbers("design_effect", f"Design effect, groups of {found.group_size}")]
    rows = [
        (Quantity(icc, "coefficient"), Quantity(effect, "statistic"))
        for icc, effect in zip(found.assumed, found.design_effects, strict=True)
    ]
    return Section(
        "clustering", "People taught in groups", (Paragraph(said), table("icc", "ICC assumed", columns, rows))
    )


def clustering_said(found: Clustering) -> str:
    """Whether the correlation within groups was estimated, and else why it was not."""
    if found.estimate is not None:
        e = found.estimate
        between = f"{number(e.low, 'coefficient')} to {number(e.high, 'coefficient')}"
        return f"The ICC of change is {number(e.value, 'coefficient')} ({between}), from {found.groups} groups."
    sizes = listed([str(size) for size in found.sizes])
    return (
        f"The ICC is not estimated from {counted(found.groups, 'group')} (of {sizes} people): {found.why_not}."
        if found.groups
        else f"The ICC is not estimated: {found.why_not}."
    )


def _definitive(plan: Plan, trial: Definitive) -> Section:
    d = trial.difference
    why = Paragraph(
        f"A difference in change of {number(d.value, 'score')} on {d.label} ({d.scale}; {d.better} is better), which "
        f"is {number(trial.standardised, 'score')} SDs. Why, by {d.said_in}: {d.why}"
    )
    never = Paragraph(f"The observed difference was not used. {WHY_NOT_OBSERVED}", "note")
    blocks = (why, never, alone_table(plan, trial), groups_table(plan, trial))
    return Section(f"trial-{d.scale}", f"The definitive trial: {d.label}", blocks)


def alone_table(plan: Plan, trial: Definitive) -> TableBlock:
    """People to be enrolled were nobody taught in groups: by SD and method, for each power."""
    columns = [text("sd_is", "SD"), numbers("sd", ""), numbers("power", "Power"), numbers("change", "By change")]
    columns += [numbers("ancova", "By ANCOVA")]
    alone = [size for size in trial.sizes if size.icc is None]
    rows = [
        (change.sd_is, Quantity(change.sd, "score"), Quantity(change.power, "share"), _people(change), _people(ancova))
        for change, ancova in zip(alone[::2], alone[1::2], strict=True)
    ]
    lost, r = trial.known.lost.value, trial.known.correlation.value
    notes = (
        f"Two-sided, alpha {plan.alpha:g}; {plan.ratio:g} people in the other arm for each one taught; "
        f"{number(lost, 'share')} lost; r {number(r, 'coefficient')}. Power is exact (noncentral t); by ANCOVA "
        "averaged over the differences that randomisation leaves at the start. ANCOVA is for a trial that randomises.",
    )
    return table(f"alone-{trial.difference.scale}", "People to enrol, clustering not counted", columns, rows, notes)


def groups_table(plan: Plan, trial: Definitive) -> TableBlock:
    """Groups and people when one arm is taught in groups, with the assurance."""
    columns = [numbers("icc", "ICC"), numbers("power", "Power"), numbers("deff", "Design effect")]
    columns += [text("change", "By change"), text("ancova", "By ANCOVA"), numbers("assurance", "Assurance")]
    columns += [numbers("tenth", "9 in 10 above")]
    nested = [size for size in trial.sizes if size.icc is not None]
    assured = {id(size): found for size, found in trial.assurance}
    rows: list[list[Cell]] = []
    for change, ancova in zip(nested[::2], nested[1::2], strict=True):
        found = assured[id(ancova)]
        rows.append([
            Quantity(change.icc, "coefficient"), Quantity(change.power, "share"),
            Quantity(change.size.design_effect, "statistic"), _in_groups(change), _in_groups(ancova),
            Quantity(found.value, "share"), Quantity(found.lowest_tenth, "share"),
        ])  # fmt: skip
    notes = (
        f"On the {nested[0].sd_is} of the SD; groups of {plan.clustering.group_size}, controls alone; degrees of "
        "freedom by Satterthwaite, for few groups leave few. Assurance: the power of the trial by ANCOVA averaged over "
        "the posterior of the SD, the assumed ICCs taken as equally probable, and attrition; and the power it has with "
        "probability 9 in 10.",
    )
    return table(f"groups-{trial.difference.scale}", "Groups and people to enrol", columns, rows, notes)


def _people(size: Size) -> Cell:
    return Quantity(size.size.people, "count")


def _in_groups(size: Size) -> Cell:
    found = size.size
    return f"{counted(found.groups or 0, 'group')}, {found.first} + {found.second} people"


def _pilot(plan: Plan) -> Section:
    columns = [
        text("what", "To know"),
        numbers("half", "Within ±"),
        numbers("people", "People"),
        text("how", "Interval"),
    ]
    rows = [
        (size.what, f"{size.half_width:.2f}", Quantity(size.people, "count"), f"95 %, {size.method}")
        for size in plan.pilot
    ]
    proposed = [
        (one.source, one.says, f"{one.least}" if one.least == one.most else f"{one.least} to {one.most}")
        for one in plan.proposed
    ]
    rules = [text("source", "Source"), text("says", "Rule"), numbers("people", "People in all")]
    first = plan.definitive[0].difference.label
    return Section(
        "pilot",
        "If another pilot comes first",
        (
            Paragraph("A pilot is sized by how precisely it tells what the trial must know, and not by power."),
            table("precision", "People for a precise estimate, in both arms together", columns, rows),
            table("rules", f"What others propose, for the trial on {first}", rules, proposed),
        ),
    )


def _legacy(legacy: tuple[Legacy, ...]) -> Section:
    columns = [text("outcome", "Outcome"), numbers("eta", "Partial η²"), text("convention", "Convention")]
    columns += [text("formula", "Noncentrality"), numbers("power", "Power")]
    rows = [
        (
            one.label,
            Quantity(one.partial_eta_squared, "eta"),
            power.source,
            power.formula,
            Quantity(power.power, "probability"),
        )
        for one in legacy
        for power in one.powers
    ]
    note = f"F with 1 and {legacy[0].people - 2} degrees of freedom. The effects are those that were published."
    blocks = (Paragraph(POST_HOC_WARNING, "warning"), table("legacy", "Post hoc power", columns, rows, (note,)))
    return Section("legacy", "Legacy: the post hoc power of the publication", blocks)


def _estimated(estimate: Estimate, kind: str) -> Cell:
    return Estimated(estimate.value, estimate.low, estimate.high, kind)  # type: ignore[arg-type]
