"""`pilotage protocol`: a study's protocol as Word and HTML, quickly, or a plain word about what is wrong."""

import subprocess
import sys
from pathlib import Path

import docx
from typer.testing import CliRunner

from pilotage.cli.main import app


def test_a_study_of_the_library_becomes_word_and_html(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["protocol", "imp-2020", "--out", str(tmp_path / "board")])
    assert result.exit_code == 0, result.output
    assert "<h1>The Interpersonal Mindfulness Program" in (tmp_path / "board" / "protocol.html").read_text("utf-8")
    word = docx.Document(str(tmp_path / "board" / "protocol.docx"))
    assert word.paragraphs[0].text.startswith("The Interpersonal Mindfulness Program")
    assert len(word.tables) > 20
    assert str(tmp_path / "board" / "protocol.docx") in result.output


def test_the_same_protocol_is_the_same_files(tmp_path: Path) -> None:
    for name in ("one", "two"):
        CliRunner().invoke(app, ["protocol", "imp", "--out", str(tmp_path / name)])
    for file in ("protocol.html", "protocol.docx"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_a_study_that_is_not_there_is_said_plainly_and_writes_nothing(tmp_path: Path) -> None:
    code = "import sys; from pilotage.cli.main import main; sys.argv = ['pilotage', 'protocol', 'imp-2021']; main()"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert "imp-2021" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_it_needs_no_numbers(tmp_path: Path) -> None:
    code = (
        "import sys; from typer.testing import CliRunner; from pilotage.cli.main import app\n"
        f"assert CliRunner().invoke(app, ['protocol', 'imp', '--out', {str(tmp_path)!r}]).exit_code == 0\n"
        "print({'numpy', 'polars', 'scipy', 'matplotlib'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "set()"
