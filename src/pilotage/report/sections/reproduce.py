"""The last page: what a stranger needs to get the same numbers again."""

from __future__ import annotations

from pilotage.analysis.results import LegacyPower
from pilotage.report.model.builders import table, text
from pilotage.report.model.document import Block, Paragraph, Section
from pilotage.report.model.wording import number
from pilotage.report.sections.context import Context


def reproduce(context: Context) -> Section:
    """Return the section on fingerprints, versions and the command."""
    p = context.results.provenance
    rows = [
        ("Protocol", f"{context.protocol.study.id}, version {p.protocol_version}"),
        ("Fingerprint of the protocol", p.protocol),
        ("Fingerprint of the data", p.data),
        ("Data", f"SIMULATED: {p.simulated}" if p.simulated else "as collected or imported"),
        ("Tables not collected", ", ".join(t.replace("_", " ") for t in context.results.not_collected) or "none"),
        ("Pilotage", p.pilotage),
        ("Python", p.python),
        *((name, version) for name, version in p.packages.items()),
        ("Command", context.command),
    ]
    columns = (text("what", "What"), text("value", "Value"))
    blocks: list[Block] = [
        Paragraph(
            "With the same protocol and data, the same command gives the same numbers. Every table stands as CSV at "
            "full precision in the folder “tables”, and everything computed in results.json."
        ),
        table("provenance", "Where these numbers come from", columns, rows, place="supplement"),
    ]
    if context.results.legacy_power:
        blocks.append(Paragraph(_power(context, context.results.legacy_power), "note"))
    return Section("reproduce", "To reproduce this report", tuple(blocks), new_page=True)


def _power(context: Context, power: LegacyPower) -> str:
    return (
        f"Legacy figure: post hoc power of {number(power.power, 'coefficient')} for {context.scale(power.scale)} "
        f"(f = {number(power.f_effect, 'coefficient')}, n = {power.n}; {power.convention}). "
        "It restates the p value and says nothing about the next study; it is here only because the paper printed one."
    )
