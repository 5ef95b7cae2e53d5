"""Figures laid out once, as shapes on a page, for every renderer to draw."""

from __future__ import annotations

from typing import assert_never

from pilotage.report.figures.change import change_drawing
from pilotage.report.figures.flow import flow_drawing
from pilotage.report.figures.grid import grid_drawing
from pilotage.report.figures.shapes import Drawing
from pilotage.report.model.document import ChangeFigure, Figure, FlowFigure, GridFigure


def drawing(figure: Figure) -> Drawing:
    """Lay a figure out as shapes."""
    match figure:
        case ChangeFigure():
            return change_drawing(figure)
        case FlowFigure():
            return flow_drawing(figure)
        case GridFigure():
            return grid_drawing(figure)
        case _:
            assert_never(figure)
