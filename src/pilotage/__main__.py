"""`python -m pilotage` is `pilotage`."""

from pilotage.cli.main import main

main()
