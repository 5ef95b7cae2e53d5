"""The tables hang together: keys are columns, and names are said once."""

from pilotage.data.tables import TABLES


def test_every_key_is_made_of_required_columns():
    for table in TABLES:
        required = {column.name for column in table.columns if column.required}
        assert set(table.key) <= required, table.name


def test_no_column_is_there_twice():
    for table in TABLES:
        names = [column.name for column in table.columns]
        assert len(set(names)) == len(names), table.name
