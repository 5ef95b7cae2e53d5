"""Divide people into pairs, triads and small groups so that they meet as many others as possible."""

from pilotage.pairing.bounds import Bounds, bounds, repeats_bound
from pilotage.pairing.course import Forecast, forecast, plan_course
from pilotage.pairing.divide import divide
from pilotage.pairing.impossible import Impossible
from pilotage.pairing.log import Change, Division, Log
from pilotage.pairing.quality import Quality, quality
from pilotage.pairing.repair import override, repair, sit_out, swap
from pilotage.pairing.rules import Rules

__all__ = [
    "Bounds",
    "Change",
    "Division",
    "Forecast",
    "Impossible",
    "Log",
    "Quality",
    "Rules",
    "bounds",
    "divide",
    "forecast",
    "override",
    "plan_course",
    "quality",
    "repair",
    "repeats_bound",
    "sit_out",
    "swap",
]
