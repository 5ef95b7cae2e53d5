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


def test_the_how_to_names_every_part_of_an_import_map():
    page = (ROOT / "docs" / "howto" / "import-data.md").read_text(encoding="utf-8")
    for name in ImportMap.model_fields:
        assert f"`{name}`" in page or f"{name}: " in page, name
