"""One person's score in plain Python is the score of the kernel."""

import math
import random

import numpy as np
import pytest

from pilotage.instruments import catalogue
from pilotage.scoring.one_person import score_one
from pilotage.scoring.score import score

SCORED = [name for name in catalogue.available() if catalogue.load(name).scales]


@pytest.mark.parametrize("name", SCORED)
@pytest.mark.parametrize("share_blank", [0.0, 0.05, 0.3])
def test_every_scale_of_the_library_scores_as_the_kernel_does(name: str, share_blank: float) -> None:
    instrument, chance = catalogue.load(name), random.Random(11)
    codes = list(instrument.response.codes)
    for _ in range(20):
        answers = [
            None if chance.random() < share_blank else float(chance.choice(codes)) for _ in range(instrument.items)
        ]
        row = np.array([[math.nan if a is None else a for a in answers]])
        for scale, scores in score(instrument, row).items():
            expected, one = float(scores.score[0]), score_one(instrument, scale, answers)
            assert math.isnan(expected) if one is None else one == pytest.approx(expected)


def test_a_scale_that_the_instrument_does_not_have_is_named() -> None:
    with pytest.raises(ValueError, match=r"^pss-4 has no scale 'stress'; it has total$"):
        score_one(catalogue.load("pss-4"), "stress", [4, 0, 0, 4])
