"""The tables hang together: keys are columns, and names are said once."""

from pilotage.data.import_map import ImportMap
from pilotage.data.tables import TABLES
from tests.shared import ROOT


def test_every_key_is_made_of_required_columns():
    for table in TABLES:
        required = {column.name for column in table.columns if column.required}
        assert set(table.key) <= required, table.name


def test_no_column_is_there_twice():
    for table in TABLES:
        names = [column.name for column in table.columns]
        assert len(set(names)) == len(names), table.name


def test_the_reference_page_has_every_table_and_column():
    page = (ROOT / "docs" / "reference" / "tables.md").read_text(encoding="utf-8")
    for table in TABLES:
        section = page.partition(f"## {table.name}\n")[2].partition("\n## ")[0]
        assert f"One row for each {table.row}." in section
        for column in table.columns:
            required = ", required" if column.required else ""
            assert f"| `{column.name}` | {column.type}{required} | {column.means} |" in section, column.name


def test_the_how_to_names_every_part_of_an_import_map():
    page = (ROOT / "docs" / "howto" / "import-data.md").read_text(encoding="utf-8")
    for name in ImportMap.model_fields:
        assert f"`{name}`" in page or f"{name}: " in page, name
