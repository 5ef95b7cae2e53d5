"""Explains an instrument in plain text: what it measures, how it is scored, how sure that is, and whom to ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import fill

from pilotage.formatting import counted
from pilotage.instruments.definition import Instrument, MissingRule, Scale, Switch
from pilotage.yaml_file import Unknown

WIDTH = 100
MARGIN = 12


def in_brief(instrument: Instrument) -> str:
    """Return an instrument in two lines, for a list."""
    scales = counted(len(instrument.scales), "scale") if instrument.scales else "cannot be scored"
    key = f"key {'from ' if instrument.key.status == 'one source' else ''}{instrument.key.status}"
    facts = (f"{counted(instrument.items, 'item')}, {scales}", key, terms(instrument))
    return f"{instrument.id:<{MARGIN}}{instrument.name}\n{'':{MARGIN}}{'; '.join(facts)}"


def terms(instrument: Instrument) -> str:
    """Return the licence of the wording in a few words."""
    licence_terms = instrument.licence.terms
    return "terms not known" if isinstance(licence_terms, Unknown) else licence_terms.partition(";")[0]


def explain(instrument: Instrument) -> str:
    """Return an instrument in full, in lines of at most 100 characters."""
    parts = [
        f"{instrument.id}  {instrument.name} ({instrument.abbreviation})",
        "\n".join(_about(instrument)),
        *_scales(instrument),
        *(_switch(switch) for switch in instrument.switches),
        *(_from_longer(instrument, longer, numbers) for longer, numbers in instrument.taken_from.items()),
        *(["\n".join(_notes(instrument))] if instrument.notes else []),
        "\n".join(_sources(instrument)),
        _entry("Use", use(instrument)),
    ]
    return "\n\n".join(parts)


def use(instrument: Instrument) -> str:
    """Return what a person does next with this instrument."""
    if not instrument.scales:
        return (
            f"It cannot be scored yet. Copy its folder to instruments/{instrument.id}/ in your study, add the reversed "
            "items and the scales, and say where they come from."
        )
    columns = f"q1 to q{instrument.items}"
    return f"pilotage score {instrument.id} FILE --id COLUMN --items 'q{{n}}'   (where the columns are {columns})"


def _about(instrument: Instrument) -> Iterator[str]:
    response, key = instrument.response, instrument.key
    yield _entry("Measures", instrument.measures)
    yield _entry("Recall", _said(instrument.recall))
    items = counted(instrument.items, "item")
    if instrument.fillers:
        items += f", of which {len(instrument.fillers)} are fillers and never scored"
    yield _entry("Form", f"{items}; answers {response.minimum} to {response.maximum}: {_anchors(instrument)}")
    yield _entry("Key", f"{key.status}. {key.evidence}")
    if key.lacks:
        yield _entry("Missing", key.lacks)
        yield _entry("Ask", key.ask)
    if instrument.scales:
        yield _entry("Blanks", _blanks(instrument.missing))
    if instrument.bands is not None:
        yield _entry("Bands", _said(instrument.bands))


def _anchors(instrument: Instrument) -> str:
    return ", ".join(f"{code} {words}" for code, words in instrument.response.anchors.items()) or "no anchors"


def _blanks(rule: MissingRule) -> str:
    whose = "Our rule: no author's was found." if rule.whose == "ours" else f"Source: {rule.whose}."
    if rule.rule == "complete":
        return f"A scale with a blank is not scored. {whose}"
    return (
        f"Up to {rule.at_most:.0%} of a scale's items may be blank; the mean of the answered ones, after reversal, "
        f"stands in for them. Beyond that the scale is not scored. {whose}"
    )


def _scales(instrument: Instrument) -> Iterator[str]:
    if not instrument.scales:
        return
    ends = instrument.response.minimum + instrument.response.maximum
    legend = f"An item marked r is reversed: it scores {ends} minus the answer." if instrument.reverse else ""
    if instrument.points:
        points_by_name = (f"{name}: {_points(points)}" for name, points in instrument.points.items())
        legend = f"Answers score points. {'; '.join(points_by_name)}."
    yield _entry("Scales", legend or "No item is reversed.")
    for scale in instrument.scales:
        yield "\n".join(_scale(instrument, scale))


def _points(points: dict[int, float]) -> str:
    return ", ".join(f"answer {code} scores {worth:g}" for code, worth in points.items())


def _scale(instrument: Instrument, scale: Scale) -> Iterator[str]:
    low, high = instrument.range_of(scale)
    better = {"higher": "higher is better", "lower": "lower is better", "neither": "neither end is better"}
    facts = [how(instrument, scale), f"{low:g} to {high:g}", better[scale.better]]
    if scale.of:
        facts.append("empty where a part is")
    elif instrument.missing_of(scale).rule == "prorate":
        facts.append(_allowed(instrument.missing_of(scale).most_blanks(len(instrument.items_of(scale)))))
    name = f"{scale.id}  {scale.label}" if scale.label else scale.id
    yield f"  {name}"
    yield _indented("; ".join(facts))
    if not scale.of:
        yield from (_indented(line) for line in _items(instrument, scale))
    if scale.missing:
        yield _indented(_blanks(scale.missing))
    if scale.note:
        yield _indented(scale.note)


def how(instrument: Instrument, scale: Scale) -> str:
    """How a scale comes from its parts, in words: ``sum of 8 items``, ``mean of 6 scales``."""
    by = "sum" if scale.sums else "mean"
    times = f", times {scale.times:g}" if scale.times != 1 else ""
    if not scale.of:
        return f"{by} of {counted(len(instrument.items_of(scale)), 'item')}{times}"
    parts = (f"{part} (reversed)" if part in scale.reverse_scales else part for part in scale.of)
    return f"{by} of {', '.join(parts)}{times}"


def _allowed(blanks: int) -> str:
    return f"at most {blanks} blank" if blanks else "none may be blank"


def _items(instrument: Instrument, scale: Scale) -> Iterator[str]:
    numbers, reversed_here = instrument.items_of(scale), instrument.reversed_in(scale)
    keying = instrument.keying()
    if keying:
        for name in instrument.points:
            yield f"{name}: items {_listed(n for n in numbers if keying[n] == name)}"
    else:
        yield f"items {' '.join(f'{n}r' if n in reversed_here else str(n) for n in numbers)}"


def _switch(switch: Switch) -> str:
    choices = (
        f"{choice.id}{' (the default)' if choice.id == switch.default else ''}: {choice.source}."
        for choice in switch.choices
    )
    return _entry("Switch", f"{switch.id}. {switch.why} Choices: {' '.join(choices)}")


def _from_longer(instrument: Instrument, longer: str, numbers: list[int]) -> str:
    sentence = f"Items 1 to {instrument.items} here are, in this order, items {_listed(numbers)} of {longer}."
    columns = ",".join(f"q{n}" for n in numbers)
    command = f"pilotage score {instrument.id} FILE --id COLUMN --items {columns}"
    return _entry("Longer form", f"{sentence} To score them there:") + f"\n{'':{MARGIN}}{command}"


def _notes(instrument: Instrument) -> Iterator[str]:
    for i, note in enumerate(instrument.notes):
        yield _entry("" if i else "Notes", note)


def _sources(instrument: Instrument) -> Iterator[str]:
    licence = instrument.licence
    yield _entry("Wording", f"Not shipped. {_sentence(_said(licence.terms))} Holder: {_said(licence.holder)}.")
    yield _entry("Permission", f"Ask {licence.ask}.")
    for i, reference in enumerate(instrument.references):
        doi = f", doi {_said(reference.doi)}" if reference.doi is not None else ""
        yield _entry("" if i else "Sources", f"{reference.cite}{doi}")


def _said(value: str | Unknown) -> str:
    return f"not known ({value.unknown})" if isinstance(value, Unknown) else value


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def _listed(numbers: Iterable[int]) -> str:
    return " ".join(str(n) for n in numbers)


def _entry(name: str, text: str) -> str:
    first = f"{name:<{MARGIN}}"
    return fill(text, WIDTH, initial_indent=first, subsequent_indent=" " * MARGIN, break_on_hyphens=False)


def _indented(text: str) -> str:
    return fill(text, WIDTH, initial_indent=" " * 6, subsequent_indent=" " * 6, break_on_hyphens=False)
