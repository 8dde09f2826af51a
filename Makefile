# make demo   set up, then load the corpus, run the baselines, score them, write the report
# make test   set up, then lint, type-check and run all tests
# make build  rebuild the release from data/gold
# make annotate [BATCH=data/annotations/batch-02] [PORT=8080] [TEXTS=folder of linked texts]
#             set up Label Studio in an environment of its own, start it, load the articles of a batch, say where it runs
# make gold [TEXTS=folder of linked texts]
#             replay all annotators' files and decisions through a Label Studio server and compare with data/gold
PYTHON ?= python3
VENV ?= .venv
SERVER := $(VENV)-server
BATCH ?= data/annotations/batch-02
PORT ?= 8080
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: demo test check build annotate gold clean

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

annotate: $(VENV)/annotate $(SERVER)/server
	@$(BIN)/python scripts/label_studio.py annotate $(BATCH) --port $(PORT) $(if $(TEXTS),--texts $(TEXTS))

gold: $(VENV)/annotate $(SERVER)/server
	@$(BIN)/python scripts/replay.py $(if $(TEXTS),--texts $(TEXTS))

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

$(VENV)/annotate: $(VENV)/made pyproject.toml
	$(PIP) -e '.[annotate]'
	@touch $@

# Label Studio's server pins what the corpus needs in other versions (pyarrow), so it is installed apart.
$(SERVER)/server: pyproject.toml | $(VENV)/made
	@echo "installing the Label Studio server into $(SERVER) (a minute or two, 1 GB)"
	@$(PYTHON) -m venv $(SERVER)
	@$(SERVER)/bin/python -m pip install --quiet --disable-pip-version-check "$$($(SERVER)/bin/python -c \
	  'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]["server"])')" || \
	  { echo "the Label Studio server could not be installed into $(SERVER): see what pip says above"; exit 1; }
	@touch $@

clean:
	rm -rf $(VENV) $(SERVER) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
