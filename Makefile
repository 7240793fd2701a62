# khabar: `make run` for the desk on the bundled examples, `make test` for every check. Nothing here needs a registry address.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
SERVE  ?= 1
PORT   ?= 8765
LEDGER ?= var/khabar.sqlite

.PHONY: help run test check lint types contracts shape unit repin bench lock accuracy torture clean setup setup-test

help:            ## this list
	@grep -hE '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

setup: $(VENV)/.run         ## the environment that khabar runs in, from pinned hashes
setup-test: $(VENV)/.test   ## the same with what the tests need

$(VENV)/.run: requirements/run.txt requirements/data.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "khabar needs Python 3.11 or newer; set PYTHON=python3.12, say"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "no venv module: apt-get install python3-venv"; exit 1; }
	@echo "installing khabar and what it runs on (once, about two minutes)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/data.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: $(VENV)/.run requirements/test.txt
	@echo "installing what the tests need"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt -r requirements/test.txt
	@touch $@

run: $(VENV)/.run  ## read the bundled examples into a ledger, print the brief, serve the desk (SERVE=0: only the brief)
	@mkdir -p $(dir $(LEDGER))
	@$(BIN)/khabar --ledger $(LEDGER) demo $(if $(filter 0,$(SERVE)),--no-serve) --port $(PORT)

test: $(VENV)/.test  ## format, lint, types, contracts, shape, all tests
	@bash scripts/browser.sh
	@bash scripts/postgres.sh
	@$(MAKE) --no-print-directory check unit

check: lint types contracts shape  ## the same without the tests

lint types contracts shape unit: $(VENV)/.test
lint:
	@$(BIN)/ruff format --check . && $(BIN)/ruff check .
types:
	@$(BIN)/mypy
contracts:
	@$(BIN)/lint-imports
shape:
	@$(BIN)/python scripts/shape.py khabar
unit:
	@$(BIN)/python -m pytest -q

repin: $(VENV)/.test  ## pin the golden articles, the tree and the answers in the documents anew; print what that changes
	@$(BIN)/python -m tests.golden.repin
	@$(BIN)/python -m tests.docs.redraw
	@$(BIN)/python -m tests.docs.telling

bench: $(VENV)/.run  ## the reader against the bare parse of the same text, in one process
	@$(BIN)/python bench/reader.py

torture: $(VENV)/.test  ## kills, power cuts, full disks, tampering, with full counts (hours); the table goes to docs/reliability.md
	@$(BIN)/python -m tests.torture.run

accuracy: $(VENV)/.test  ## every suite of ../shared/eval, where it lies beside this checkout
	@bash scripts/accuracy.sh

lock: $(VENV)/.test  ## pin again: requirements/*.in to *.txt with hashes
	@$(BIN)/python -m pip install --quiet pip-tools
	@for name in run test; do $(BIN)/pip-compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
	  --no-emit-options --strip-extras --allow-unsafe --no-header -o requirements/$$name.txt requirements/$$name.in; done

clean:           ## remove what was made
	rm -rf $(VENV) var build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
