# `make demo` shows Amends in a practice workspace, `make test` tries it in three minutes, `make check` is for before a commit.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# Where the environment forbids it to keep compiled files, each of the suite's processes would compile all tests anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo run try-demo test test-long check format eval eval-sources torture siege fuzz mutants bench noise weights screenshots clean

demo: $(VENV)/runs
	$(BIN)/python bot.py demo $(if $(filter command line,$(origin PORT)),--port $(PORT))

run: $(VENV)/runs
	$(if $(filter command line,$(origin PORT)),PORT=$(PORT)) $(BIN)/python bot.py run

# Starts the demo with what runs it and nothing more, so that no tool of the tests hides what is missing.
try-demo: $(VENV)/runs
	$(BIN)/python tests/try_demo.py

# Files are handed out whole and in the order of tests/conftest.py: those that mostly wait come first.
PYTEST := $(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder

test: $(VENV)/tests
	$(PYTEST)

check: $(VENV)/tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) test

format: $(VENV)/tests
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# The long forms: a kill at many more moments, queries over a hundred thousand rows, other examples of every property.
# EXAMPLES=ci leaves out what is many times a shorter form.
EXAMPLES ?= long

test-long: $(VENV)/tests
	$(PYTEST) -m "(long or hypothesis)$(if $(filter ci,$(EXAMPLES)), and not bulk)" --hypothesis-profile=$(EXAMPLES)

# Twenty minutes: 200 kills of several processes on PostgreSQL, and 200 of the one there may be on SQLite; prints figures.
torture: $(VENV)/tests
	$(BIN)/python -m tests.torture --database postgresql
	$(BIN)/python -m tests.torture --database sqlite

# A minute: 1,000 half-open and 1,000 trickling connections at the door; prints figures. The short form is a test.
siege: $(VENV)/tests
	$(BIN)/python -m tests.attacks.besieged

# 100,000 spoiled bodies for every envelope without HTTP or a database, some minutes each; then as many over each door, properly
# signed, which takes hours. Prints the seed and figures. The short forms are tests. BODIES=1000 tries fewer.
fuzz: $(VENV)/tests
	$(BIN)/python -m tests.attacks.pure_road $(if $(BODIES),--bodies $(BODIES))
	$(BIN)/python -m tests.attacks.fuzz $(if $(BODIES),--bodies $(BODIES))

# Two dozen faults planted by hand, one at a time, and which test finds each: minutes each. LONG=1 runs the long tests too.
mutants: $(VENV)/tests
	$(BIN)/python -m tests.mutants $(if $(LONG),--long)

# Some minutes; writes docs/benchmarks.md. A quiet machine gives steadier figures.
bench: $(VENV)/tests
	$(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench.replies

# Some minutes; plays a year of a team and its complaints, and writes docs/noise.md: how often Amends speaks. The dice have a seed.
noise: $(VENV)/tests
	$(BIN)/python -m tests.bench.noise

screenshots: $(VENV)/tests
	$(BIN)/python -m tests.page.screenshots

# Learns the heads of the judge anew from the examples in tests/evaluation/sets/learn.
weights: $(VENV)/tests
	$(BIN)/python -m tests.evaluation.weights
	$(BIN)/python -m tests.evaluation.letters

# How well feedback and replies are judged, on all sets; the first time some minutes. SETS="dev --misses" shows what went wrong.
eval: $(VENV)/tests
	$(BIN)/python -m tests.evaluation $(SETS)

# How much is read of bodies in the shapes that vendors send, field by field, without a word in policy and with what a team says.
eval-sources: $(VENV)/tests
	$(BIN)/python -m tests.evaluation.sources

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
