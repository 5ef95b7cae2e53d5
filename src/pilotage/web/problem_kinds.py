"""Why a server does not start on its records; the kinds that are said by more than one module."""

from __future__ import annotations

from pilotage.problems import kind

NEWER = kind("SERVER-008", "The records were made by a newer version of Pilotage")
FOREIGN = kind("SERVER-009", "The database belongs to another program, or lacks tables of the records")
NOT_UP_TO_DATE = kind("SERVER-010", "The records were made by an older version, and are not brought up to date yet")
NO_GUARD = kind("SERVER-011", "A guard of the database is missing")
OTHER_SECRET = kind("SERVER-012", "The server's secret is missing, or is not the one that sealed the records")
READ_ONLY = kind("SERVER-013", "The database cannot be written to")
FOREIGN_TRIGGER = kind("SERVER-014", "A trigger that is not Pilotage's acts on a table of the records")
