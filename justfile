# One word for each chore.

default: format lint types contracts test

# the working environment, in .venv
setup:
    uv sync --group test

format:
    uv run --group test ruff format src tests benchmarks tools hatch_build.py

lint:
    uv run --group test ruff check src tests benchmarks tools hatch_build.py

types:
    uv run --group test mypy

contracts:
    uv run --group test lint-imports

test:
    uv run --group test pytest

# what is shown in a real browser
browsers:
    uv run --group test pytest -m browser

# what is shown with servers in processes of their own
servers:
    uv run --group test pytest -m "server and not long"

# the web on a real PostgreSQL, started for the purpose
postgres:
    uv run --group test python -m tests.web.on_postgresql

# the long proofs: minutes, not seconds
prove:
    uv run --group test pytest -m long

# properties searched with ten times as many examples, others each time
search:
    uv run --group test pytest --hypothesis-profile search

# every test and interval simulated anew, and the page that shows it; fails where a promise is broken
calibrate:
    uv run --group test python docs/make_calibration.py

# pages of docs/reference that are made from the code
docs:
    uv run --group test python docs/make_reference.py
    uv run --group test python docs/make_protocol_reference.py

# pictures of the web pages in docs/images
pictures:
    uv run --group test python -m docs.make_pictures

# the interface's words, gathered into the catalogues of other languages
messages:
    uv run --group test python -m tools.messages

benchmark:
    for job in help compare report kernel score permutation mixed_model simulation_kernel dask_overhead pairing; do uv run --group benchmark python benchmarks/$job.py; done
