# Homeward: one command for each job. `make` alone lists them.
# Everything is installed into .venv inside this folder; nothing outside it is changed.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet
SOURCES := src tests tools benchmarks
PORT ?= 8000
TEST_ARGS ?=

# Where this is set, every program that the tests start would compile all modules again.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test test-postgresql check bench bench-retrieval bench-reading setup lock

help: ## list these commands
	@echo "Homeward. Commands:"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(firstword $(MAKEFILE_LIST)) | awk -F'|' '{printf "%-22s %s\n", $$1, $$2}'
	@echo "Another port: make run PORT=8010. Another Python: make run PYTHON=python3.12."

run: $(VENV)/.installed ## install what is needed, prepare the record, serve it on http://127.0.0.1:8000
	@$(BIN)/homeward init
	@$(BIN)/homeward serve --port $(PORT)

test: $(VENV)/.installed-for-development ## install the tools and run every test
	@$(BIN)/python -m pytest -n auto $(TEST_ARGS)

test-postgresql: $(VENV)/.installed-for-development ## the tests that need a database, on a PostgreSQL server started for them
	@$(BIN)/python -m pytest -n auto --database postgresql $(TEST_ARGS)

check: $(VENV)/.installed-for-development ## formatting, lint, types, layers, database migrations
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/mypy
	$(BIN)/lint-imports
	@mkdir -p $(VENV)/empty-record
	HOMEWARD_DATA=$(VENV)/empty-record $(BIN)/django-admin makemigrations --check --dry-run \
		--settings homeward.web.config.settings

bench: $(VENV)/.installed-for-development ## time and memory of the main jobs, against their targets
	@$(BIN)/python -m benchmarks.run
	@$(BIN)/python -m benchmarks.joint
	@$(BIN)/python -m benchmarks.pedigrees
	@$(BIN)/python -m benchmarks.linkage
	@$(BIN)/python -m benchmarks.mutation
	@$(BIN)/python -m benchmarks.case_folder
	@$(BIN)/python -m benchmarks.screening
	@$(BIN)/python -m benchmarks.power
	@$(BIN)/python -m benchmarks.sorting
	@$(BIN)/python -m benchmarks.bones_numbers
	@$(BIN)/python -m benchmarks.biological_profile
	@$(BIN)/python -m benchmarks.checking

bench-retrieval: $(VENV)/.installed-for-development ## how often a screen finds the right person: docs/screening-retrieval.md
	@$(BIN)/python -m benchmarks.retrieval

bench-reading: $(VENV)/.installed-for-development ## what homeward read finds on annotated pages, and how fast: docs/reading-results.md
	@$(BIN)/python -m benchmarks.reading

setup: $(VENV)/.installed-for-development ## install everything that development needs
	@echo "Everything is installed in $(VENV)."

lock: $(VENV)/.installed-for-development ## write both lock files again, with newer versions (needs uv)
	uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header --group build --output-file requirements.lock pyproject.toml
	uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header --group dev --constraint requirements.lock --output-file requirements-dev.lock pyproject.toml

# A virtual environment, after a check that this Python can make one.
$(BIN)/python:
	@command -v $(PYTHON) >/dev/null 2>&1 || { \
		echo "Homeward needs Python 3.11 or newer, and no '$(PYTHON)' was found. Install it and run make again."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Homeward needs Python 3.11 or newer; '$(PYTHON)' is `$(PYTHON) --version 2>&1`."; \
		echo "Install a newer one and name it, for instance: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
		echo "'$(PYTHON)' cannot make a virtual environment: its venv module is missing."; \
		echo "On Debian or Ubuntu, install it with: apt install python3-venv. Then run make again."; exit 1; }
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV)

# Each stamp is written last, so an installation that was cut short is done again.
$(VENV)/.installed: requirements.lock pyproject.toml $(BIN)/python
	@echo "Installing Homeward into $(VENV). This happens once and takes a minute or two."
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	@$(PIP) install --require-hashes --requirement requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.installed-for-development: requirements-dev.lock pyproject.toml $(BIN)/python
	@echo "Installing Homeward and its development tools into $(VENV). This happens once and takes a minute or two."
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	@$(PIP) install --require-hashes --requirement requirements-dev.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@
	@touch $(VENV)/.installed
