"""A short form out of a longer one."""

import numpy as np
import pytest

from pilotage.instruments.catalogue import available, load
from pilotage.problems import ProblemsFound
from pilotage.scoring.forms import items_in, take
from pilotage.scoring.score import score

FORMS = [(short, longer) for short in available() for longer in load(short).taken_from]


def test_a_short_form_takes_its_items_in_its_own_order():
    answers = np.arange(39)[None, :]
    assert take(load("ffmq-15"), load("ffmq-39"), answers)[0, :4].tolist() == [5, 1, 7, 13]


@pytest.mark.parametrize(("short", "longer"), FORMS)
def test_an_item_has_the_same_key_in_both_forms(short, longer):
    here, there = load(short), load(longer)
    items = items_in(here, there)
    assert [n in here.reverse for n in range(1, here.items + 1)] == [n in there.reverse for n in items]
    assert [here.keying().get(n) for n in range(1, here.items + 1)] == [there.keying().get(n) for n in items]


def test_a_pss_4_from_a_pss_10_scores_its_items():
    answers = np.array([[4, 3, 4, 1, 0, 4, 4, 4, 4, 2]])
    made = score(load("pss-4"), take(load("pss-4"), load("pss-10"), answers))
    assert made["total"].score.tolist() == [3 + 3 + 4 + 2]


def test_a_form_that_is_not_known_to_hold_the_items_is_refused():
    with pytest.raises(ProblemsFound) as found:
        items_in(load("ffmq-15"), load("pss-10"))
    (problem,) = found.value.problems
    assert problem.message == "The items of 'ffmq-15' are not mapped to 'pss-10'."
    assert problem.remedy == "It can be taken from: ffmq-39."


def test_forms_with_other_codes_are_refused():
    shifted = load("ffmq-39").model_copy(update={"response": load("pss-10").response})
    with pytest.raises(ProblemsFound, match="'ffmq-15' is answered 1-5, 'ffmq-39' 0-4"):
        items_in(load("ffmq-15"), shifted)
