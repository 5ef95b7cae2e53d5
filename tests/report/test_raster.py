"""Pictures for Word: sharp enough, the same every time, with every letter a label may need."""

import pickle
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image, ImageFont

from pilotage.report.model.document import Figure
from pilotage.report.render.raster import _FONTS, png
from tests.report.sample import CHANGE, FLOW, SHARED


@pytest.mark.parametrize("figure", [CHANGE, SHARED, FLOW], ids=lambda figure: figure.id)
def test_a_figure_becomes_a_picture_that_is_sharp_and_not_blank(figure: Figure) -> None:
    with Image.open(BytesIO(png(figure))) as picture:
        assert picture.format == "PNG"
        assert picture.width >= 1000
        assert len(picture.convert("RGB").getcolors(2**24) or ()) > 50


def test_a_figure_made_again_is_the_same_picture_and_another_one_is_not() -> None:
    again = pickle.loads(pickle.dumps(CHANGE))
    assert png(again) == png(CHANGE)
    assert png(replace(CHANGE, axis="Another scale")) != png(CHANGE)


def test_arms_are_drawn_in_their_colours_on_pure_white() -> None:
    with Image.open(BytesIO(png(CHANGE))) as picture:
        colours = {colour for _, colour in picture.convert("RGB").getcolors(2**24) or ()}
    assert {(0x1F, 0x6F, 0x78), (0xB3, 0x59, 0x1B), (255, 255, 255)} <= colours
    assert (254, 254, 254) not in colours


@pytest.mark.parametrize("weight", ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"])
def test_the_letters_of_european_labels_are_there(weight: str) -> None:
    font = ImageFont.truetype(_FONTS / weight, 20)
    missing = bytes(font.getmask("\uffff"))
    for letter in "−–η²≤≥×éëïßøłžğαωЖж€…“„●▲■○":
        assert bytes(font.getmask(letter)) != missing, letter
