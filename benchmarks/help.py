"""`pilotage --help` against the bare interpreter."""

from __future__ import annotations

import sys

from timing import PILOTAGE, Timed, interleaved, process


def main() -> None:
    ours, bare = (
        Timed("pilotage --help", process([PILOTAGE, "--help"])),
        Timed("python", process([sys.executable, "-c", ""])),
    )
    interleaved((ours, bare), rounds=15)
    times = ours.median / bare.median
    print(f"{ours.name}: {ours.median * 1e3:.0f} ms; {bare.name}: {bare.median * 1e3:.0f} ms")
    print(f"  {times:.1f} times the bare interpreter (at most 12)")


if __name__ == "__main__":
    main()
