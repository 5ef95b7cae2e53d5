"""Makes docs/explanation/calibration.md: every test and interval, measured by simulation. Takes minutes."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.calibration.run import everything  # noqa: E402
from tests.calibration.studies import PARTS  # noqa: E402
from tests.calibration.study import CHANCE, SEED, Measured  # noqa: E402

PAGE = Path(__file__).parent / "explanation" / "calibration.md"

LEAD = f"""# Calibration: are the errors as rare, and the intervals as good, as they say?

A test at .05 should find a difference in 5 of 100 studies where there is none; a 95 % interval should hold the truth in
95 of 100. Here each test and interval of `pilotage.stats` is tried on data drawn so that the truth is known, and the
rates are counted. This page is written by `just calibrate`, which simulates everything anew and fails where a promise
is broken; a short version runs with the other tests.

## How to read the tables

Aims: type I error at .05 and coverage at the interval's level. Data: drawn as the column *data* says; "near a ceiling"
is the sum of five answers from 1 to 5 with a mean near 4.2, as whole numbers. Estimand: the true difference, shift,
ratio or correlation of that distribution; where nothing is said, there is none. Methods: the functions themselves, as
the report calls them, not copies of them. Performance: the rate found, with its Monte Carlo error,
sqrt(rate (1 - rate) / runs). Where no runs are given, every possible outcome was gone through and nothing is left to
chance. Of shares from 0 to 1, a thousandth apart, the table gives the least and the mean coverage.

What each is held to was fixed before the first run:

| promise | means |
|---|---|
| exact | the rate is the nominal one; the theory has no approximation for these data |
| at least nominal | errors are at most nominal, coverage at least: discrete data make exact methods careful |
| within .01 | an approximation, under the conditions it is recommended for |
| within .025 | an approximation known to be rough here (Bradley's liberal limits, 1978, around .05) |
| none | shown to tell what happens where a method's assumption is broken, or to compare |

Since that run no promise was changed. Two other things were: the mixed models' losses are drawn so that complete cases mislead
(at first they did not), and chance is reckoned by the binomial instead of the normal distribution, with more runs of the bootstrap to decide by.

One promise was broken, and stays in the table as it was made: the BCa interval of a mean of two dozen skewed minutes
covers 90 in 100, no better than the t interval. Such means need more people, or a scale (log minutes, ranks) on
which they are not skewed.

A promise counts as broken when a method that just keeps it would give so high a rate, or so low a one, by chance in fewer
than one of {round(1 / CHANCE):,} such studies (exact binomial). Seeds are fixed ({SEED} and the study's own name), so that neither the order of the
studies nor the number of processors changes a number. A method may refuse data; such draws are counted and left out.
"""


def page(measured: list[Measured]) -> str:
    """The page: the lead, and one table for each part."""
    parts = [LEAD]
    for part in PARTS:
        title, rows = (part.__doc__ or "").strip().rstrip("."), [m for m in measured if m.study.part == part.__name__]
        head = (
            "| method | data | rate | nominal | found | Monte Carlo error | runs | promise |",
            "|---|---|---|---|---|---|---|---|",
        )
        parts.append("\n".join((f"## {title}\n", *head, *(_row(m) for m in rows))) + "\n")
    return "\n".join(parts)


def _row(m: Measured) -> str:
    error, runs = (f"{m.mc_error:.4f}", f"{m.runs:,}") if m.runs else ("–", "all outcomes")
    refused = f" ({m.refused} refused)" if m.refused else ""
    promise = m.row.promise.words if m.kept else f"**broken**: {m.row.promise.words}"
    cells = (
        m.study.name,
        m.study.where,
        m.row.what,
        f"{m.row.nominal:.3f}",
        f"{m.rate:.4f}",
        error,
        runs + refused,
        promise,
    )
    return f"| {' | '.join(cells)} |"


def main() -> int:
    measured = everything()
    PAGE.write_text(page(measured), encoding="utf-8")
    surprises = [m for m in measured if not m.as_known]
    for m in surprises:
        print(
            f"{'kept after all' if m.kept else 'broken'}: {m.study.key}: {m.row.what} {m.rate:.4f}, promised {m.row.promise.words} of {m.row.nominal}"
        )
    print(f"{len(measured)} rates written to {PAGE.relative_to(ROOT)}; {len(surprises)} not as known")
    return 1 if surprises else 0


if __name__ == "__main__":
    sys.exit(main())
