"""The plan of the next study as a document: what is known, what is assumed, and the sizes that follow."""

from __future__ import annotations

from collections.abc import Iterable

from pilotage.formatting import counted, listed, ranged, rounded
from pilotage.planning.differences import WHY_NOT_OBSERVED
from pilotage.planning.results import Definitive, Legacy, PilotEstimates, Plan, Size, TaughtGroups
from pilotage.report.model.builders import numbers, table, text
from pilotage.report.model.document import Block, Bullets, Document, Paragraph, Section, TableBlock, TableColumn
from pilotage.report.model.numbering import numbered
from pilotage.report.model.values import Cell, Estimated, Quantity
from pilotage.report.model.wording import number
from pilotage.stats.estimate import Estimate
from pilotage.stats.power_conventions import POST_HOC_WARNING

SIMULATED = "SIMULATED: a rehearsal made up these data ({what}). Do not plan a study on them."


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
    if plan.not_known:
        unknown = (f"{scale}: nothing is known, because {why}." for scale, why in plan.not_known.items())
        blocks.append(Bullets(tuple(unknown)))
    return Section("known", "What is known from this study", tuple(blocks))


def known_table(known: Iterable[PilotEstimates], assessments: tuple[str, str]) -> TableBlock:
    """Build the table of SDs with their upper limits, correlation and attrition of each outcome."""
    columns: list[TableColumn] = [text("outcome", "Outcome"), numbers("n", "n"), numbers("sd", "SD [95 %]")]
    columns += [numbers(f"upper_{level}", f"Upper {level} %") for level in (80, 90, 95)]
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
        f"SD at '{assessments[0]}'; SD of change and r from '{assessments[0]}' to '{assessments[1]}'; all pooled "
        "within arms, for people with both scores. Upper limits are one-sided (Browne 1995), because the SD of a "
        "small study is more often too small than too large. Lost: people without both scores, with an exact interval.",
    )
    return table("known", "SDs, correlations and attrition", columns, rows, notes)


def _clustering(plan: Plan) -> Section:
    clustering = plan.clustering
    sentence = clustering_sentence(clustering)
    columns = [
        numbers("icc", "ICC assumed"),
        numbers("design_effect", f"Design effect, groups of {clustering.group_size}"),
    ]
    rows = [
        (Quantity(icc, "coefficient"), Quantity(effect, "statistic"))
        for icc, effect in zip(clustering.assumed, clustering.design_effects, strict=True)
    ]
    return Section("clustering", "Clustering", (Paragraph(sentence), table("icc", "ICC assumed", columns, rows)))


def clustering_sentence(clustering: TaughtGroups) -> str:
    """Say what the correlation within groups is, or why it was not estimated."""
    if clustering.estimate is not None:
        e = clustering.estimate
        between = f"{number(e.low, 'coefficient')} to {number(e.high, 'coefficient')}"
        return f"The ICC of change is {number(e.value, 'coefficient')} ({between}), from {clustering.groups} groups."
    sizes, groups = listed([str(size) for size in clustering.sizes]), counted(clustering.groups, "group")
    return (
        f"The ICC is not estimated from {groups} (of {sizes} people): {clustering.why_not}."
        if clustering.groups
        else f"The ICC is not estimated: {clustering.why_not}."
    )


def _definitive(plan: Plan, trial: Definitive) -> Section:
    d = trial.difference
    why = Paragraph(
        f"The trial should find a difference in change of {number(d.value, 'score')} on {d.label} ({d.better} scores "
        f"are better), which is {number(trial.standardised, 'score')} SDs. Reason, from {d.said_in}: {d.why}"
    )
    never = Paragraph(f"The observed difference was not used. {WHY_NOT_OBSERVED}", "note")
    blocks = (why, never, alone_table(plan, trial), groups_table(plan, trial))
    return Section(f"trial-{d.scale}", f"The definitive trial: {d.label}", blocks)


def alone_table(plan: Plan, trial: Definitive) -> TableBlock:
    """Build the table of people to enrol if nobody is taught in groups: by SD and method, for each power."""
    columns = [text("sd_is", "SD"), numbers("sd", ""), numbers("power", "Power"), numbers("change", "By change")]
    columns += [numbers("ancova", "By ANCOVA")]
    # Sizes come in pairs: by change, then by ANCOVA, for the same SD and power.
    alone = [size for size in trial.sizes if size.icc is None]
    rows = [
        (change.sd_is, Quantity(change.sd, "score"), Quantity(change.power, "share"), _people(change), _people(ancova))
        for change, ancova in zip(alone[::2], alone[1::2], strict=True)
    ]
    lost, r = trial.known.lost.value, trial.known.correlation.value
    notes = (
        f"Two-sided test, alpha {plan.alpha:g}; {plan.ratio:g} people in the other arm for each person in the "
        f"programme arm; {number(lost, 'share')} lost to follow-up; r = {number(r, 'coefficient')}. Power is exact "
        "(noncentral t). For ANCOVA it is averaged over the chance differences at baseline that randomisation leaves. "
        "ANCOVA is for a randomised trial.",
    )
    return table(f"alone-{trial.difference.scale}", "People to enrol, without clustering", columns, rows, notes)


def groups_table(plan: Plan, trial: Definitive) -> TableBlock:
    """Build the table of groups and people to enrol when one arm is taught in groups, with the assurance."""
    columns = [numbers("icc", "ICC"), numbers("power", "Power"), numbers("deff", "Design effect")]
    columns += [text("change", "By change"), text("ancova", "By ANCOVA"), numbers("assurance", "Assurance")]
    columns += [numbers("tenth", "9 in 10 above")]
    nested = [size for size in trial.sizes if size.icc is not None]
    assured = {id(size): assurance for size, assurance in trial.assurance}
    rows: list[list[Cell]] = []
    for change, ancova in zip(nested[::2], nested[1::2], strict=True):
        assurance = assured[id(ancova)]
        rows.append([
            Quantity(change.icc, "coefficient"), Quantity(change.power, "share"),
            Quantity(change.size.design_effect, "statistic"), _in_groups(change), _in_groups(ancova),
            Quantity(assurance.value, "share"), Quantity(assurance.lowest_tenth, "share"),
        ])  # fmt: skip
    notes = (
        f"With the {nested[0].sd_is} of the SD and groups of {plan.clustering.group_size}; controls are not in groups. "
        "Degrees of freedom by Satterthwaite, because few groups leave few. Assurance: the power of ANCOVA averaged "
        "over the posterior of the SD, over the assumed ICCs (equally probable), and over attrition. The last column "
        "is the power that the trial exceeds with probability 9 in 10.",
    )
    return table(f"groups-{trial.difference.scale}", "Groups and people to enrol", columns, rows, notes)


def _people(size: Size) -> Cell:
    return Quantity(size.size.people, "count")


def _in_groups(size: Size) -> Cell:
    people = size.size
    return f"{counted(people.groups or 0, 'group')}, {people.first} + {people.second} people"


def _pilot(plan: Plan) -> Section:
    columns = [
        text("what", "Parameter"),
        numbers("half", "Within ±"),
        numbers("people", "People"),
        text("how", "Interval"),
    ]
    rows = [
        (size.what, rounded(size.half_width, 2), Quantity(size.people, "count"), f"95 %, {size.method}")
        for size in plan.pilot
    ]
    proposed = [(rule.source, rule.says, ranged(rule.least, rule.most)) for rule in plan.proposed]
    rules = [text("source", "Source"), text("says", "Rule"), numbers("people", "People in all")]
    first = plan.definitive[0].difference.label
    return Section(
        "pilot",
        "If another pilot study comes first",
        (
            Paragraph("A pilot study is sized by the precision of the estimates that the trial needs, not by power."),
            table("precision", "People for a precise estimate, both arms together", columns, rows),
            table("rules", f"Published rules, for the trial on {first}", rules, proposed),
        ),
    )


def _legacy(legacy: tuple[Legacy, ...]) -> Section:
    columns = [text("outcome", "Outcome"), numbers("eta", "Partial η²"), text("convention", "Convention")]
    columns += [text("formula", "Noncentrality"), numbers("power", "Power")]
    rows = [
        (
            outcome.label,
            Quantity(outcome.partial_eta_squared, "eta"),
            power.source,
            power.formula,
            Quantity(power.power, "probability"),
        )
        for outcome in legacy
        for power in outcome.powers
    ]
    note = f"F with 1 and {legacy[0].people - 2} degrees of freedom. The effects are those that were published."
    blocks = (Paragraph(POST_HOC_WARNING, "warning"), table("legacy", "Post hoc power", columns, rows, (note,)))
    return Section("legacy", "Post hoc power, as published", blocks)


def _estimated(estimate: Estimate, kind: str) -> Cell:
    return Estimated(estimate.value, estimate.low, estimate.high, kind)  # type: ignore[arg-type]
