# make demo   set up, then load the corpus, run the baselines, score them, write the report
# make test   set up, then lint, type-check and run all tests
# make build  rebuild the release from data/gold
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: demo test check build clean

demo: $(VENV)/demo
	$(BIN)/python evaluation/run.py --demo

test: $(VENV)/test check
	$(BIN)/python -m pytest

check: $(VENV)/test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

build: $(VENV)/test
	$(BIN)/python scripts/build.py

$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || \
	  { echo "warta needs Python 3.11 to 3.13, $(PYTHON) is $$($(PYTHON) -V 2>&1); name another: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
	  { echo "warta needs Python's venv module; on Debian and Ubuntu: apt install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

# What the demonstration needs, and what the tests need beside it.
$(VENV)/demo: $(VENV)/made pyproject.toml
	$(PIP) -e '.[systems,report]'
	@touch $@

$(VENV)/test: $(VENV)/made pyproject.toml
	$(PIP) -e '.[systems,report,annotate,dev]'
	@touch $@

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
