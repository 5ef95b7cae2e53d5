"""Practice and change: rank correlations by kind of practice, never read as no relation."""

from __future__ import annotations

from pilotage.analysis.recommended.supplementary_results import PracticeAndChange
from pilotage.formatting import counted
from pilotage.report.model.builders import group, numbers, table, text
from pilotage.report.model.document import Paragraph, Section, TableBlock, TableRow
from pilotage.report.model.values import Cell, Estimated, Quantity
from pilotage.report.model.wording import number
from pilotage.report.sections.context import Context


def dose(context: Context) -> Section | None:
    """Return the section on dose and response of the first comparison; None where no practice was recorded."""
    results = context.results.recommended
    if results is None or not results.dose:
        return None
    members = [d for d in results.dose if d.comparison == results.dose[0].comparison]
    blocks = (Paragraph(dose_sentence(context, members)), _table(context, members))
    return Section("dose", "Practice and change", blocks)


def dose_sentence(context: Context, members: list[PracticeAndChange]) -> str:
    """Say how many relations were looked at, from which source, and what could have been shown at all."""
    judged = [d for d in members if d.rho is not None and d.critical is not None]
    if not judged:
        return f"Practice against change could not be computed: {members[0].why_not}."
    source = "the diary" if judged[0].source == "diary" else "what people recalled at the end"
    limit = context.protocol.analysis.significance
    beyond = sum(1 for d in judged if d.p is not None and d.p < limit)
    # Each correlation has its own n, so its own smallest r: both ends are said.
    limits = sorted(d.critical for d in judged if d.critical is not None)
    critical = " to ".join(dict.fromkeys(number(c, "coefficient") for c in (limits[0], limits[-1])))
    beginning = f"{beyond} of {counted(len(judged), 'correlation')} with practice, from {source}, had p below the limit"
    return (
        f"{beginning}, uncorrected. With these numbers a correlation nearer nought than {critical} could not have been "
        "shown, so that one which is not shown is not the same as no relation; and one that is shown does not make "
        "practice the cause."
    )


def _table(context: Context, members: list[PracticeAndChange]) -> TableBlock:
    columns = (text("outcome", "Change in"), text("arm", "Arm"), numbers("n", "n"),
               numbers("rho", "Spearman's ρ [95 %]"),
               numbers("critical", "Smallest that could be shown"), numbers("p", "p"))  # fmt: skip
    rows: list[TableRow] = []
    for kind in dict.fromkeys(d.kind_label for d in members):
        rows += [group(kind), *(TableRow(_cells(context, d)) for d in members if d.kind_label == kind)]
    notes = ("Change is last less first, as scored: where lower is better, a negative ρ goes with more practice.",)
    return table("dose", "Change and minutes of practice a week, by kind", columns, rows, notes, place="supplement")


def _cells(context: Context, d: PracticeAndChange) -> tuple[Cell, ...]:
    size = (d.label, context.arm(d.arm), Quantity(d.n, "count"))
    if d.rho is None:
        return (*size, d.why_not, "", "")
    rho = Estimated(d.rho.value, d.rho.low, d.rho.high, "coefficient")
    return (*size, rho, Quantity(d.critical, "coefficient"), Quantity(d.p, "p"))
