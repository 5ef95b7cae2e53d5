"""What administrators fill in about the texts of questionnaires."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from pilotage.instruments.wording import Wording
from pilotage.instruments.wording_files import problems_of
from pilotage.problems import ProblemsFound, refuse
from pilotage.protocol.load import LoadedProtocol
from pilotage.yaml_file import read_yaml, validate

LARGEST = 512 * 1024
"""Ours: no wording is near half a megabyte, so a larger file is another one."""


class WordingFileForm(forms.Form):
    """A wording file, YAML or the filled-in spreadsheet as CSV; its value is the wording, checked."""

    file = forms.FileField(label=_("File (YAML or CSV)"), widget=forms.FileInput(attrs={"accept": ".yaml,.csv"}))

    def __init__(self, *args: Any, loaded: LoadedProtocol, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.loaded = loaded

    def clean_file(self) -> Wording:
        """Read the wording, or show everything that is wrong with the file."""
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith((".yaml", ".yml", ".csv")):
            raise ValidationError(_("Choose a file whose name ends in .yaml or .csv."))
        if file.size > LARGEST:
            raise ValidationError(_("The file is too large for a questionnaire text. Check that it is the right file."))
        try:
            return _read(file, self.loaded)
        except ProblemsFound as wrong:
            raise ValidationError([" ".join(str(problem).splitlines()) for problem in wrong.problems]) from None


class ComparedForm(forms.Form):
    """What a second person confirms before the texts are used."""

    compared = forms.BooleanField(label=_("I compared every text with the edition we have permission for."))


def _read(file: UploadedFile[Any], loaded: LoadedProtocol) -> Wording:
    """Read the wording in a file that was sent; ProblemsFound with everything that is wrong."""
    from pilotage.data.importing.wording_sheet import read_sheet

    with TemporaryDirectory() as place:
        kept = Path(place) / Path(str(file.name)).name
        kept.write_bytes(file.read())
        document = read_sheet(kept) if kept.suffix.lower() == ".csv" else read_yaml(kept)
    wording = validate(document, Wording)
    refuse(problems_of(wording, document, loaded.instruments, loaded.protocol.study.languages))
    return wording
