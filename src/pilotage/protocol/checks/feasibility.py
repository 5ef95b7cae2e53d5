"""How feasibility is judged: what each indicator is of, what it counts, and whether its criterion can be read."""

from __future__ import annotations

from collections.abc import Iterator

from pilotage.problems import kind
from pilotage.protocol.checks.assessments import UNKNOWN_ASSESSMENT
from pilotage.protocol.checks.people import UNKNOWN_ARM
from pilotage.protocol.checks.written import Problems, WrittenProtocol
from pilotage.protocol.feasibility import COUNTED, MEANS, SOURCES, Domain, Indicator, Limit, ProgressionCriterion
from pilotage.protocol.form_items import FormItem
from pilotage.yaml_file import Path_, Unknown

UNKNOWN_SOURCE = kind("PROTOCOL-050", "An indicator is of something that is not collected")
MEASURE = kind("PROTOCOL-051", "An indicator's measure does not suit what it is of")
COUNTS = kind("PROTOCOL-052", "An indicator counts what cannot occur")
COUNTS_NOTHING = kind("PROTOCOL-053", "An indicator does not say what it counts")
NO_DENOMINATOR = kind("PROTOCOL-054", "An indicator does not name its denominator")
LIMITS = kind("PROTOCOL-055", "Green and red do not lie on opposite sides")
LIMIT_UNIT = kind("PROTOCOL-056", "A limit is not in the indicator's unit")
NO_REASON = kind("PROTOCOL-057", "A reason is missing")
NOBODY_SET_IT = kind("PROTOCOL-058", "A criterion does not say who set it, or when")
NOTHING_ASSESSED = kind("PROTOCOL-059", "A domain is assessed by nothing")
ARM_NOT_ASKED = kind("PROTOCOL-060", "An indicator is of an arm that is not asked")
AT_LEAST = kind("PROTOCOL-061", "An indicator asks for more sessions than there are")


def reasons(written: WrittenProtocol) -> Problems:
    """Check that a domain that is not assessed says why, and that one that is has an indicator or evidence."""
    for d, domain in _domains(written):
        path: Path_ = ("feasibility", "domains", d)
        if domain.status in ("presumed", "not applicable") and not domain.why.strip():
            message = f"'{domain.id}' is {domain.status}, but no reason is given."
            yield written.problem(NO_REASON, path, message, "Add 'why'.")
        if domain.status == "assessed" and not domain.indicators and not domain.evidence:
            message = f"'{domain.id}' is assessed, but has no indicators and no evidence in words."
            remedy = "Add one, or set the status to 'not applicable' with a reason."
            yield written.problem(NOTHING_ASSESSED, path, message, remedy)


def sources(written: WrittenProtocol) -> Problems:
    """Check that each indicator is of an item, a derived variable or the study's records, which its measure suits."""
    derived = [variable.id for variable in written.protocol.derived]
    known = (*written.items, *derived, *SOURCES)
    for path, indicator in _indicators(written):
        yield from written.unknown(UNKNOWN_SOURCE, (*path, "of"), indicator.of, "item, variable or record", known)
        item = written.items.get(indicator.of)
        if item is not None and indicator.measure == "mean" and not item.numeric:
            message = f"A mean of '{indicator.of}' cannot be taken: it is a {item.kind} item."
            yield written.problem(MEASURE, (*path, "measure"), message, "Use a share, with 'counts' naming answers.")
        elif indicator.of in MEANS and indicator.measure != "mean":
            message = f"A {indicator.measure} of {indicator.of} cannot be taken."
            yield written.problem(MEASURE, (*path, "measure"), message, "Use a mean.")
        elif indicator.of in SOURCES and indicator.of not in MEANS and indicator.measure == "mean":
            message = f"A mean of {indicator.of} cannot be taken."
            yield written.problem(MEASURE, (*path, "measure"), message, "Use a share or a count.")
        elif indicator.relative_to is not None and indicator.measure != "mean":
            message = f"'relative_to' is for means, and this is a {indicator.measure}."
            yield written.problem(MEASURE, (*path, "relative_to"), message, "Remove it, or use a mean.")


def counts(written: WrittenProtocol) -> Problems:
    """Check that what is counted can occur, and that something is counted where it must be."""
    for path, indicator in _indicators(written):
        item = written.items.get(indicator.of)
        if indicator.measure == "mean" or (item is None and indicator.of not in SOURCES):
            continue
        possible = COUNTED.get(indicator.of, item.option_codes if item else ())
        if item is not None and item.numeric:
            yield from _numbers_counted(written, path, indicator, item)
            continue
        for i, name in enumerate(indicator.counts):
            yield from written.unknown(COUNTS, (*path, "counts", i), name, f"value of {indicator.of}", possible)
        if possible and not indicator.counts and indicator.of != "reactions":
            message = f"The indicator does not say what it counts of {indicator.of}."
            remedy = f"Add 'counts', naming some of: {', '.join(possible)}."
            yield written.problem(COUNTS_NOTHING, path, message, remedy)


def _numbers_counted(written: WrittenProtocol, path: Path_, indicator: Indicator, item: FormItem) -> Problems:
    low, high = item.number_bounds
    for i, text in enumerate(indicator.counts):
        number = float(text) if text.replace(".", "", 1).isdigit() else None
        if number is None or (low is not None and number < low) or (high is not None and number > high):
            message = f"'{text}' cannot be an answer to '{indicator.of}'."
            yield written.problem(COUNTS, (*path, "counts", i), message, "Name answers as they are stored.")
    if not indicator.counts:
        yield written.problem(COUNTS_NOTHING, path, "The indicator does not say what it counts.", "Add 'counts'.")


def needs(written: WrittenProtocol) -> Problems:
    """Check that attendance has its sessions, forms returned their assessment, and flow its denominator."""
    for path, indicator in _indicators(written):
        if indicator.of == "attendance":
            yield from _at_least(written, path, indicator)
        if indicator.of == "administrations" and indicator.assessment is None:
            message = "The indicator does not say at which assessment."
            yield written.problem(COUNTS_NOTHING, path, message, "Add 'assessment'.")
        if indicator.assessment is not None:
            known = [assessment.id for assessment in written.protocol.assessments]
            where = (*path, "assessment")
            yield from written.unknown(UNKNOWN_ASSESSMENT, where, indicator.assessment, "assessment", known)
        if indicator.of == "flow" and indicator.measure == "share" and indicator.out_of is None:
            yield written.problem(NO_DENOMINATOR, path, "A share of the flow does not say of what.", "Add 'out_of'.")
        if indicator.out_of is not None:
            where = (*path, "out_of")
            yield from written.unknown(COUNTS, where, indicator.out_of, "stage of the flow", COUNTED["flow"])


def _at_least(written: WrittenProtocol, path: Path_, indicator: Indicator) -> Problems:
    sessions = len(written.sessions)
    if indicator.at_least is None:
        message = "The indicator does not say how many sessions a person must attend."
        yield written.problem(COUNTS_NOTHING, path, message, "Add 'at_least'.")
    elif not 1 <= indicator.at_least <= sessions:
        message = f"At least {indicator.at_least} sessions are asked for; there are {sessions}."
        yield written.problem(AT_LEAST, (*path, "at_least"), message, "Correct the number.")


def denominators(written: WrittenProtocol) -> Problems:
    """Check that each indicator names its denominator, and is of arms that are asked."""
    for path, indicator in _indicators(written):
        if not indicator.denominator.strip():
            message = f"'{indicator.id}' does not say of whom it is a {indicator.measure}."
            yield written.problem(NO_DENOMINATOR, (*path, "denominator"), message, "Name the denominator in words.")
        form = indicator.of.partition(".")[0]
        for i, arm in enumerate(indicator.arms):
            yield from written.unknown(UNKNOWN_ARM, (*path, "arms", i), arm, "arm", written.arms)
            if arm in written.arms and form in written.forms and arm not in written.arms_asked(form):
                message = f"'{indicator.of}' is not asked in the arm '{arm}'."
                yield written.problem(ARM_NOT_ASKED, (*path, "arms", i), message, "Remove the arm, or ask it there.")


def criteria(written: WrittenProtocol) -> Problems:
    """Check that a criterion has its reason, who set it and when, and limits in the indicator's unit."""
    feasibility = written.protocol.feasibility
    for path, indicator in _indicators(written):
        criterion, where = indicator.criterion, (*path, "criterion")
        if criterion is None or feasibility is None:
            continue
        if not criterion.why.strip():
            yield written.problem(
                NO_REASON, (*where, "why"), "The criterion gives no reason.", "Say why it lies there."
            )
        for name, own, shared in (
            ("set_by", criterion.set_by, feasibility.set_by),
            ("set_on", criterion.set_on, feasibility.set_on),
        ):
            if not own and (isinstance(shared, Unknown) or not shared):
                message = f"'{name}' is given neither here nor for all criteria."
                yield written.problem(NOBODY_SET_IT, where, message, f"Add '{name}' here or under 'feasibility'.")
        yield from _limits(written, where, criterion)
        yield from _limit_units(written, where, indicator, criterion)


def _limits(written: WrittenProtocol, path: Path_, criterion: ProgressionCriterion) -> Problems:
    green, red = criterion.green, criterion.red
    if _upwards(green) == _upwards(red):
        message = f"Green is {green} and red is {red}: both lie on one side."
        yield written.problem(LIMITS, path, message, "Let one be '>= ...' and the other '< ...'.")
        return
    low, high = (red, green) if _upwards(green) else (green, red)
    if low.value > high.value or (low.met(high.value) and high.met(low.value)):
        message = f"Green is {green} and red is {red}: a value could be both."
        yield written.problem(LIMITS, path, message, "Leave room between them, or let them touch; between is amber.")


def _limit_units(
    written: WrittenProtocol, path: Path_, indicator: Indicator, criterion: ProgressionCriterion
) -> Problems:
    in_percent = indicator.measure == "share" or indicator.relative_to is not None or indicator.of in MEANS
    for name in ("green", "red"):
        limit: Limit = getattr(criterion, name)
        if limit.share != in_percent:
            wanted = "a percentage, such as '>= 75%'" if in_percent else "a number without %"
            message = f"The limit '{limit}' does not suit a {indicator.measure}."
            yield written.problem(LIMIT_UNIT, (*path, name), message, f"Write {wanted}.")


def _upwards(limit: Limit) -> bool:
    return limit.relation in (">=", ">")


def _domains(written: WrittenProtocol) -> Iterator[tuple[int, Domain]]:
    if written.protocol.feasibility:
        yield from enumerate(written.protocol.feasibility.domains)


def _indicators(written: WrittenProtocol) -> Iterator[tuple[Path_, Indicator]]:
    for d, domain in _domains(written):
        for i, indicator in enumerate(domain.indicators):
            yield ("feasibility", "domains", d, "indicators", i), indicator
