"""Every study, in the order of the page; importing a module registers its studies."""

from tests.calibration.studies import (
    adjusted,
    beliefs,
    clustered,
    families,
    means,
    missing,
    ranked,
    reliabilities,
    resampled,
    shapes,
    shares,
    varying,
)
from tests.calibration.study import STUDIES

PARTS = (
    means,
    adjusted,
    varying,
    clustered,
    ranked,
    resampled,
    missing,
    families,
    shares,
    beliefs,
    reliabilities,
    shapes,
)
EVERY = tuple(study for part in PARTS for study in STUDIES if study.part == part.__name__)
