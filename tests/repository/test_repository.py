"""The repository keeps its own rules: no lock file, no index address, no path of a machine, docs in step."""

import importlib.util
import re
import subprocess
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
INDEX = re.compile(
    r"https?://[^\s\"']+/simple\b|https?://[^\s\"']+\.(?:whl|tar\.gz)\b|files\.pythonhosted|pypi\.org/simple"
)
HOME = re.compile(r"(?<![\w.])/(?:home|root|work|Users)/\w")


def committed_texts() -> list[tuple[str, str]]:
    if not (ROOT / ".git").exists():
        pytest.skip("this copy is not a git checkout, so what is committed is not known")
    names = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    found = []
    for name in filter(None, names):
        file = ROOT / name
        if file.is_file() and file != Path(__file__):
            found.append((name, file.read_bytes().decode("utf-8", errors="replace")))
    return found


def test_no_lock_file_is_committed() -> None:
    locks = {"uv.lock", "poetry.lock", "Pipfile.lock", "package-lock.json", "pdm.lock"}
    assert [name for name, _ in committed_texts() if Path(name).name in locks] == []


def test_no_file_names_the_address_of_a_package_index() -> None:
    assert [name for name, text in committed_texts() if INDEX.search(text)] == []


def test_no_file_names_a_path_of_one_machine() -> None:
    assert [name for name, text in committed_texts() if HOME.search(text)] == []


def test_an_index_address_would_be_found() -> None:
    assert INDEX.search("registry = { url = 'https" + "://example.org/simple' }")
    assert HOME.search("see /home" + "/anna/study")


def test_the_extra_for_pip_and_the_group_for_uv_are_one_list() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["dependency-groups"]["test"] == ["pilotage[test]"]
    assert project["tool"]["uv"]["default-groups"] == []


def test_the_readmes_test_command_is_what_ci_runs() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "pip install uv && uv run pilotage demo" in readme
    assert "pip install uv && uv run --group test pytest" in readme
    assert "uv run --group test pytest" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def reference() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_reference", ROOT / "docs" / "make_reference.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", ["problems.md", "commands.md", "results.md", "tables.md", "instruments.md"])
def test_a_reference_page_is_in_step_with_the_code(reference: ModuleType, page: str) -> None:
    assert (ROOT / "docs" / "reference" / page).read_text(encoding="utf-8") == reference.PAGES[page]()


def test_every_link_between_pages_leads_somewhere() -> None:
    broken = []
    for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text):
            if not re.match(r"https?:|mailto:", target) and not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert broken == []


def test_every_page_of_documentation_is_linked_from_its_index() -> None:
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    pages = [p.relative_to(ROOT / "docs").as_posix() for p in (ROOT / "docs").rglob("*.md") if p.name != "README.md"]
    assert [page for page in pages if f"({page})" not in index] == []
