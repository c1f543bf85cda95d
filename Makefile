# `make demo` shows Amends in a practice workspace, `make test` runs every test, `make check` is what CI runs.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo run try-demo test test-long check format eval-triage eval-replies torture bench screenshots clean

demo: $(VENV)/runs
	$(BIN)/python bot.py demo

run: $(VENV)/runs
	$(BIN)/python bot.py run

# Starts the demo with what runs it and nothing more, so that no tool of the tests hides what is missing.
try-demo: $(VENV)/runs
	$(BIN)/python tests/try_demo.py

test: $(VENV)/tests
	$(BIN)/pytest -n auto

check: $(VENV)/tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) test

format: $(VENV)/tests
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# The long forms: a kill at many more moments, queries over a hundred thousand rows.
test-long: $(VENV)/tests
	$(BIN)/pytest -n auto -m long

# Twenty minutes: 200 kills of several processes on PostgreSQL, and 200 of the one there may be on SQLite; prints figures.
torture: $(VENV)/tests
	$(BIN)/python -m tests.torture --database postgresql
	$(BIN)/python -m tests.torture --database sqlite

# Some minutes; writes docs/benchmarks.md. A quiet machine gives steadier figures.
bench: $(VENV)/tests
	$(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench.replies

screenshots: $(VENV)/tests
	$(BIN)/python -m tests.page.screenshots

eval-triage: $(VENV)/tests
	$(BIN)/python -m tests.evaluate_triage

eval-replies: $(VENV)/tests
	$(BIN)/python -m tests.evaluate_replies

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("Amends needs Python 3.11 or newer: make PYTHON=python3.11 …" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)

$(VENV)/runs: requirements.txt $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/tests: requirements-dev.txt requirements.txt $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@ $(VENV)/runs

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
