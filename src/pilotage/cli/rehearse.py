"""`pilotage rehearse`: the whole study with simulated people, before anyone is asked."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pilotage.problems import Problem, ProblemsFound, kind

if TYPE_CHECKING:
    from pilotage.data.study_data import StudyData
    from pilotage.protocol.load import LoadedProtocol

REAL_DATA = kind("REHEARSE-001", "There are real data where a rehearsal would write")
OF_THE_LIBRARY = kind("REHEARSE-002", "A study of the library is rehearsed in a folder of your own")


class ScenarioName(StrEnum):
    """How much departs from the plan."""

    paper = "paper"
    ordinary = "ordinary"
    troubled = "troubled"


Study = Annotated[Path, typer.Argument(metavar="STUDY", help="The study's folder, with protocol.yaml.")]
Seed = Annotated[int, typer.Option(min=0, help="The seed; another one gives other simulated people.")]
Scenario = Annotated[
    ScenarioName,
    typer.Option(help="paper: as the targets say; ordinary: the usual accidents on top; troubled: plenty of them."),
]


def rehearse(study: Study, seed: Seed = 1, scenario: Scenario = ScenarioName.paper) -> None:
    """Simulate a whole study from its protocol and write its data, stamped SIMULATED."""
    from pilotage.data.formats import folder
    from pilotage.data.simulate import simulate
    from pilotage.protocol.load import load

    loaded = load(study)
    place = loaded.folder / "data"
    _refuse_library(loaded)
    _refuse_real(place)
    data = simulate(loaded, seed=seed, scenario=scenario.value)
    folder.write(data, place, loaded)
    typer.echo(f"SIMULATED data, scenario {scenario.value}, seed {seed}, written to {place}:")
    for line in summary(data):
        typer.echo(f"  {line}")


def summary(data: StudyData) -> list[str]:
    """Return what was made up, a line each."""
    from pilotage.formatting import counted, with_commas

    arms = data.participants.group_by("arm", maintain_order=True).len().sort("arm")
    left = data.flow["study_left_on"].count()
    people = ", ".join(f"{count} {arm}" for arm, count in arms.iter_rows())
    lines = [f"{counted(data.participants.height, 'person', 'people')} ({people}); {left} left the study"]
    if data.sessions.height:
        states = data.sessions.group_by("state").len().sort("len", "state", descending=[True, False])
        states_text = ", ".join(f"{count} {state}" for state, count in states.iter_rows())
        lines.append(f"{counted(data.sessions.height, 'session')} ({states_text})")
    complete = data.administrations["completed_at"].count()
    answers, blanks = data.responses.height, data.responses["value"].null_count()
    forms = counted(data.administrations.height, "questionnaire or form", "questionnaires and forms", thousands=True)
    lines.append(f"{forms}, {with_commas(complete)} of them finished")
    comments = counted(data.comments.height, "comment", thousands=True)
    lines.append(f"{counted(answers, 'answer', thousands=True)}, {with_commas(blanks)} of them blank; {comments}")
    lines.append(counted(data.adverse_events.height, "adverse event"))
    return lines


def _refuse_library(loaded: LoadedProtocol) -> None:
    from pilotage.protocol.load import LIBRARY

    if loaded.folder.resolve().is_relative_to(LIBRARY.resolve()):
        name = loaded.folder.name
        message = f"'{name}' belongs to Pilotage; a rehearsal writes its data beside the protocol."
        remedy = f"Begin a study of your own: pilotage new my-study --from {name}, then pilotage rehearse my-study."
        raise ProblemsFound([Problem(OF_THE_LIBRARY, message, remedy)])


def _refuse_real(place: Path) -> None:
    """Refuse to replace anything but simulated data: what cannot be read may be somebody's answers."""
    from pilotage.data.formats import folder

    if not folder.exists(place):
        return
    try:
        simulated = folder.read(place).simulated
    except ProblemsFound:
        simulated = None
    if simulated is None:
        message = f"'{place}' holds data that no rehearsal made; they are left as they are."
        remedy = "Rehearse in a copy of the study without its data folder."
        raise ProblemsFound([Problem(REAL_DATA, message, remedy)])
