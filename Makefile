# Every target sets up .venv by itself. Needed beforehand: Python 3.11 or newer, make, and a way for pip to packages.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
# One more than there are cores: tests in real terminals wait more than they reckon.
WORKERS ?= $(shell $(PYTHON) -c 'import os; print(1 + (os.cpu_count() or 1))')
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help run test check bench crash fuzz soak docs clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-6s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(READY) ## open the practice kecamatan; without a terminal, carry it through a whole pleno
	@mkdir -p latihan
	@if [ -t 0 ] && [ -t 1 ]; then \
	    exec $(BIN)/pleno latihan latihan/meja; \
	else \
	    n=1; while [ -e latihan/$$n ]; do n=$$((n + 1)); done; \
	    exec $(BIN)/pleno latihan latihan/$$n --tanpa-layar; \
	fi

test: $(READY) ## everything that must hold: format, lint, types (also as on Windows), import contracts, tests
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy --cache-dir .mypy_cache/here
	$(BIN)/mypy --cache-dir .mypy_cache/win32 --platform win32
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadfile

check: test ## the same as test

bench: $(READY) ## measure each promise of speed beside its peer
	@$(PIP) install -c constraints.txt --no-build-isolation -e '.[bench]'
	@$(BIN)/python -m bench

crash: $(READY) ## 1,000 kill -9, 1,000 real power cuts where root may, 10,000 crash images, every broken program
	PYTHONPATH=tests $(BIN)/python tests/crash/long.py

fuzz: $(READY) ## every reader of foreign bytes under atheris, 10 minutes each; findings become tests
	@$(PIP) install -c constraints.txt --no-build-isolation -e '.[fuzz]'
	PYTHONPATH=tests $(BIN)/python tests/fuzz/long.py

soak: $(READY) ## 8 hours of a pleno in minutes: memory flat, no entry lost
	PYTHONPATH=tests $(BIN)/python tests/soak/long.py

docs: $(READY) ## rewrite the pages of docs/ that are made from the program
	$(BIN)/python docs/generate.py

clean: ## remove what these targets made, except the practice folders in latihan/
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# The build tools come first and pinned, so that installing pleno itself fetches nothing unpinned.
$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "pleno needs Python 3.11 or newer; name one: make PYTHON=python3.11")'
	@[ -x $(BIN)/python ] || { echo "Setting up .venv ..."; $(PYTHON) -m venv .venv; }
	@$(PIP) install -c constraints.txt hatchling editables
	@$(PIP) install -c constraints.txt --no-build-isolation -e '.[dev]'
	@touch $@
