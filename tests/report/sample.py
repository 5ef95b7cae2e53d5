"""A document with every kind of block and cell, for every renderer's tests."""

from pilotage.report.model.document import (
    ArmChange,
    Bullets,
    ChangeFigure,
    Document,
    FlowBox,
    FlowFigure,
    Paragraph,
    Section,
    Spread,
    TableBlock,
    TableColumn,
    TableRow,
    Whisker,
)
from pilotage.report.model.values import (
    Estimated,
    Interval,
    LightCell,
    MeanSd,
    NotCollected,
    Quantity,
    ShareOf,
    Suppressed,
)
from pilotage.vocabulary import Light

CANARY = "<script>alert('canary')</script>"

OUTCOMES = TableBlock(
    "outcomes",
    "Outcomes before and after",
    (
        TableColumn("outcome", "Outcome", "left"),
        TableColumn("pre", "Before, mean (SD)"),
        TableColumn("post", "After, mean (SD)"),
        TableColumn("n", "n"),
        TableColumn("f", "F"),
        TableColumn("df", "df"),
        TableColumn("p", "p"),
        TableColumn("eta", "Partial η² [90 % interval]"),
    ),
    (
        TableRow(("Main outcomes",), heading=True),
        TableRow(
            (
                "Mindfulness",
                MeanSd(3.2149, 0.605),
                MeanSd(3.6251, 0.5),
                Quantity(47, "count"),
                Quantity(6.0776, "statistic"),
                Quantity(45, "df"),
                Quantity(0.0176, "p"),
                Estimated(0.11897, 0.0112, 0.2668, "eta"),
            )
        ),
        TableRow(
            (
                "Perceived stress",
                MeanSd(15.4, 6.0),
                MeanSd(13.2, None),
                Quantity(46, "count"),
                Quantity(0.35, "statistic"),
                Quantity(44, "df"),
                Quantity(0.0004, "p"),
                Estimated(0.008, None, None, "eta"),
            )
        ),
        TableRow(("Dropped for want of reliability",), heading=True),
        TableRow(("Burnout", NotCollected(), NotCollected("the form had no such page"), None, None, None, None, None)),
    ),
    ("Standard deviations of the sample in brackets.", "η²: share of variance."),
    number="2",
)

FEASIBILITY = TableBlock(
    "feasibility",
    "Feasibility by domain",
    (
        TableColumn("indicator", "Indicator", "left"),
        TableColumn("n", "n/N (%)"),
        TableColumn("estimate", "Estimate [95 % interval]"),
        TableColumn("green", "Green from"),
        TableColumn("light", "Light", "left"),
    ),
    (
        TableRow(
            (
                "Would recommend it to others",
                ShareOf(20, 24),
                Interval(0.626, 0.9526, "share"),
                ">= 75 %",
                LightCell(Light.GREEN),
            )
        ),
        TableRow(
            (
                "Home practice, share of what was asked",
                ShareOf(24, 25),
                Estimated(0.38, 0.31, 0.45, "share"),
                ">= 60 %",
                LightCell(Light.AMBER),
            )
        ),
        TableRow(("Attended at least five sessions", Suppressed(5), NotCollected(), "=1+1", LightCell(Light.RED))),
        TableRow(("Integration", NotCollected(), NotCollected(), "", LightCell(Light.NONE))),
    ),
    (f"Criteria set before the first group. {CANARY}",),
    number="1",
)

WIDE = TableBlock(
    "wide",
    "Every scale at every occasion",
    (TableColumn("scale", "Scale", "left"), *(TableColumn(f"m{n}", f"Occasion {n}, mean (SD)") for n in range(1, 12))),
    tuple(
        TableRow(
            (
                f"Donaudampfschifffahrtsgesellschaftskapitän {n}",
                *(MeanSd(20 + n + k / 7, 3 + k / 9) for k in range(11)),
            )
        )
        for n in range(45)
    ),
    number="3",
)

LINES_BEFORE = tuple(2.4 + (n * 37 % 17) / 10 for n in range(25))
TRAINING = ArmChange(
    "training",
    25,
    (Whisker(3.2, 2.95, 3.45), Whisker(3.6, 3.4, 3.8)),
    lines=tuple((a, min(a + ((n * 7919) % 13 - 4) / 10, 5.0)) for n, a in enumerate(LINES_BEFORE)),
)
CONTROL = ArmChange(
    "control",
    22,
    (Whisker(3.3, 3.1, 3.5), Whisker(3.25, None, None)),
    lines=tuple((a, max(a + ((n * 104729) % 11 - 5) / 10, 1.0)) for n, a in enumerate(LINES_BEFORE[:22])),
)
CHANGE = ChangeFigure(
    "change-mindfulness",
    "Mindfulness before and after",
    "Mindfulness rose in the training arm from 3.2 to 3.6 and hardly changed in the control arm.",
    "Mean item score (1 to 5)",
    ("before", "after"),
    (TRAINING, CONTROL),
    ("Thin lines are people; thick lines are means with 95 % intervals.",),
    number="1",
)
SHARED = ChangeFigure(
    "change-shared",
    "Happiness at six occasions",
    "Four arms keep close to one another over six occasions.",
    "Total (24 to 120)",
    ("pretest", "posttest", "one week", "one month", "three months", "six months"),
    tuple(
        ArmChange(
            label,
            70 - 3 * k,
            tuple(Whisker(70 + k + n / 2, 68 + k + n / 2, 72 + k + n / 2) for n in range(6)),
            spreads=tuple(Spread((56 + k, 63 + n, 70 + n / 2, 77 + k, 84.0)) for n in range(6)),
        )
        for k, label in enumerate(("strengths", "three good things", "gratitude visit", "early memories"))
    ),
    ("Boxes hold the middle half.",),
    number="2",
)
FLOW = FlowFigure(
    "flow",
    "Participant flow",
    "Forty-seven people took part; everyone in the control arm was assessed twice.",
    (
        FlowBox(("Approached", "n not collected"), ("Not eligible: 3", "Declined: fewer than 5")),
        FlowBox(("Consented", "n = 47")),
    ),
    (
        (
            "Training",
            (
                FlowBox(("Assessed before", "n = 25"), ("Left the course: 1 (illness)",)),
                FlowBox(("Assessed after", "n = 24")),
            ),
        ),
        ("Control", (FlowBox(("Assessed before", "n = 22")), FlowBox(("Assessed after", "n = 22")))),
    ),
    number="3",
)

DOCUMENT = Document(
    title="Interpersonal mindfulness for health care professionals: a feasibility study",
    subtitle="Shared edition",
    language="en",
    simulated="SIMULATED data, scenario paper, seed 1: no person gave these answers",
    byline=("A. Person", "B. Person"),
    facts={"Protocol": "3f9a5c1d2e7b", "People": "47"},
    sections=(
        Section(
            "summary",
            "Summary",
            (
                Paragraph("Forty-seven people took part. The programme was delivered as planned."),
                Paragraph("The interval of one share is wide.", "note"),
                Paragraph(f"The Dutch form could not be scored. {CANARY}", "warning"),
                Bullets(("24 of 25 completed the course", "practice was a third of what was asked")),
                FEASIBILITY,
            ),
        ),
        Section(
            "outcomes-section",
            "Outcomes",
            (OUTCOMES,),
            (
                Section("change", "Change by arm", (CHANGE, SHARED)),
                Section("flow-section", "Who took part", (FLOW,)),
                Section("all-scales", "All scales", (WIDE,)),
            ),
            new_page=True,
        ),
    ),
)
