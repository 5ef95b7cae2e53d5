"""Harm: the form that asks, who is told when nobody looks, and alerts that can be raised."""

from __future__ import annotations

import re

from pilotage.problems import kind
from pilotage.protocol.checks.forms import UNKNOWN_ITEM, condition
from pilotage.protocol.checks.people import UNKNOWN_ROLE
from pilotage.protocol.checks.written import Problems, WrittenProtocol
from pilotage.protocol.safety import Alert

UNKNOWN_ALERT = kind("PROTOCOL-089", "An alert is of something that is not asked")
ALERT_LIMIT = kind("PROTOCOL-090", "An alert would be raised always or never")
DEPUTY = kind("PROTOCOL-091", "A deputy and a time must be given together")

ITEM = re.compile(r"item ([1-9]\d*)")
"""How an alert names an item of a questionnaire after its point: ``pss-10.item 3``."""


def form(written: WrittenProtocol) -> Problems:
    """Check that the form that asks for harm exists, and so does the answer that reports it."""
    safety = written.protocol.safety
    if safety is None:
        return
    asks = written.forms.get(safety.form or "")
    if safety.form is not None:
        yield from written.unknown(UNKNOWN_ITEM, ("safety", "form"), safety.form, "form", written.forms)
    if safety.happened is not None and asks is not None:
        yield from condition(written, ("safety", "happened"), safety.happened, asks, before=asks.items)


def deputy(written: WrittenProtocol) -> Problems:
    """Check that a deputy has a time after which they are told, and such a time a deputy."""
    safety = written.protocol.safety
    if safety is not None and (safety.deputy is None) != (safety.deputy_after is None):
        present, lacks = ("deputy", "deputy_after") if safety.deputy_after is None else ("deputy_after", "deputy")
        message = f"'{present}' is given, but '{lacks}' is not."
        remedy = f"Add '{lacks}': who is told of a report that lies unopened, and after how long."
        yield written.problem(DEPUTY, ("safety", present), message, remedy)


def alerts(written: WrittenProtocol) -> Problems:
    """Check that alerts are of what is asked, tell a role that is described, and have a limit that answers can pass."""
    safety = written.protocol.safety
    for i, alert in enumerate(safety.alerts if safety else []):
        path = ("safety", "alerts", i)
        known = [role.id for role in written.protocol.roles.may]
        yield from written.unknown(UNKNOWN_ROLE, (*path, "tells"), alert.tells, "role", known)
        ranges = list(_answers(written, alert.of))
        if not ranges:
            yield from written.unknown(UNKNOWN_ALERT, (*path, "of"), alert.of, "scale or item", _known(written, alert))
        for low, high in ranges:
            yield from _passable(written, i, alert, low, high)


def _answers(written: WrittenProtocol, of: str) -> list[tuple[float | None, float | None]]:
    """Return the lowest and the highest value of what an alert is of; nothing when there is no such thing."""
    name, _, part = of.partition(".")
    if of in written.items:
        return [written.items[of].number_bounds] if written.items[of].numeric else []
    instrument = written.instruments.get(name)
    if instrument is None:
        return [(None, None)] if name in written.protocol.instruments else []
    item = ITEM.fullmatch(part)
    if item is not None:
        ends = (float(instrument.response.minimum), float(instrument.response.maximum))
        return [ends] if int(item[1]) <= instrument.items else []
    return [instrument.range_of(scale) for scale in instrument.scales if scale.id == part]


def _known(written: WrittenProtocol, alert: Alert) -> list[str]:
    name = alert.of.partition(".")[0]
    of_it = [scale for scale in written.scales if scale.startswith(f"{name}.")]
    if name in written.instruments:
        return [*of_it, f"{name}.item 1 to {name}.item {written.instruments[name].items}"]
    return [*written.scales, *(full for full, item in written.items.items() if item.numeric)]


def _passable(written: WrittenProtocol, i: int, alert: Alert, low: float | None, high: float | None) -> Problems:
    path = ("safety", "alerts", i, "limit")
    if alert.limit.share:
        message = f"The alert '{alert.id}' is raised at a percentage."
        yield written.problem(ALERT_LIMIT, path, message, "Write a number without %.")
    elif low is not None and high is not None and alert.limit.met(low) == alert.limit.met(high):
        how_often = "always" if alert.limit.met(low) else "never"
        message = f"'{alert.of}' runs from {low:g} to {high:g}, so '{alert.limit}' would {how_often} raise an alert."
        yield written.problem(ALERT_LIMIT, path, message, "Choose a limit within that range.")
