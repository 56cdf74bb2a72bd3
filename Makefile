# Liggare – verktyg för den som bygger. `make` utan mål skriver hjälpen.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# The first interpreter that is new enough and can make an environment. The distribution's own goes first: it is compiled
# with optimizations, and runs the same code a fifth faster than one that a version manager has compiled without them.
# Override with `make PYTHON=...`.
PYTHON ?= $(shell for p in /usr/bin/python3.11 python3.11 python3; do \
	"$$p" -c 'import sys, ensurepip, sqlite3; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$p"; break; }; done)

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.klar
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# Says nothing unless the command fails: `$(call tyst,command)`.
tyst = logg=$$(mktemp); { $(1); } > "$$logg" 2>&1 || { cat "$$logg" >&2; rm -f "$$logg"; exit 1; }; rm -f "$$logg"
# Files of tests take turns on the cores; the tests of a file share what its fixtures have made.
PYTEST := $(BIN)/pytest -n auto --dist loadfile
KOD := domain application infrastructure interfaces tests benchmarks

MUT_VENV := .venv-mutera
MUT_STAMP := $(MUT_VENV)/.klar
LAS_VENV := .venv-las
PIP_TOOLS := pip-tools==7.6.2
LAS := CUSTOM_COMPILE_COMMAND="make lock" $(LAS_VENV)/bin/pip-compile --quiet --strip-extras --allow-unsafe \
	--generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options \
	--no-annotate --resolver=backtracking

.PHONY: help venv demo postgres pg test test-tung fel coverage check mutera bench last dokument facit prognosprov frys sprak lock \
	clean

help: ## Visa den här hjälpen
	@echo "Liggare – make <mål>"
	@echo
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r mal text; do \
		printf '%-14s %s\n' "$$mal" "$$text"; done

venv: $(STAMP) ## Skapa .venv med låsta beroenden
	@:

$(STAMP): requirements-dev.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 eller senare behövs men hittades inte." >&2; exit 1; }
	@test -x $(BIN)/python || "$(PYTHON)" -m venv $(VENV)
	@# The lock is whole, so nothing is resolved anew: an older pip would otherwise look for the newest release of a
	@# dependency that another one names with an extra, and stop because that release has no hash.
	@$(call tyst,$(PIP) install --no-deps --require-hashes -r requirements-dev.lock)
	@$(call tyst,$(PIP) install --no-deps --no-build-isolation -e . && $(PIP) check)
	@touch $@

demo: venv ## Kör demonstrationen
	@$(BIN)/liggare demo

postgres: ## Se till att PostgreSQL:s program finns (Debian, som root)
	@.ci/postgres

pg: venv postgres ## Starta en PostgreSQL-server att prova mot, tills Ctrl-C
	@$(BIN)/python -m tests.postgres

test: venv postgres ## Kör testerna
	@$(PYTEST)

test-tung: venv postgres ## Kör de tunga testerna
	@$(BIN)/pytest -m tung

fel: venv postgres ## Pröva liggaren mot fel på riktigt och skriv docs/fel.md
	@protokoll=$$(mktemp); trap 'rm -f "$$protokoll"' EXIT; \
		LIGGARE_FELPROTOKOLL="$$protokoll" nice -n 10 $(BIN)/pytest -m "tung or not tung" tests/faults && \
		$(BIN)/python -m tests.faults "$$protokoll" docs/fel.md

coverage: venv postgres ## Kör testerna och mät täckningen av domain
	@$(PYTEST) --cov=domain --cov-branch --cov-report=term-missing:skip-covered --cov-fail-under=95

check: venv ## Granska stil, format, typer och beroenden
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/mypy --no-error-summary
	@$(call tyst,$(BIN)/lint-imports --no-cache --no-logo)

mutera: $(MUT_STAMP) ## Pröva testerna med små fel i domain (FIL="domain/tid.py …")
	@nice -n 10 $(MUT_VENV)/bin/python -m tests.mutation $(FIL)

# A place of its own: what the tool brings along is not in the lock.
$(MUT_STAMP): requirements-dev.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 eller senare behövs men hittades inte." >&2; exit 1; }
	@test -x $(MUT_VENV)/bin/python || "$(PYTHON)" -m venv $(MUT_VENV)
	@$(call tyst,$(MUT_VENV)/bin/python -m pip --disable-pip-version-check --quiet install --no-deps --require-hashes -r requirements-dev.lock)
	@$(call tyst,$(MUT_VENV)/bin/python -m pip --disable-pip-version-check --quiet install --no-build-isolation -e '.[mutation]')
	@touch $@

bench: venv postgres ## Mät prestanda
	@$(BIN)/python -m benchmarks

last: venv postgres ## Mät belastning genom HTTP mot den bara liggaren
	@$(BIN)/python -m benchmarks.last

dokument: venv ## Skriv om händelsernas dokumentation och scheman
	@$(BIN)/python -m interfaces.dokument docs

facit: venv ## Bygg om varje tryckt tabell ur händelser och skriv docs/facit.md
	@$(BIN)/python -m tests.facit docs/facit.md

prognosprov: venv ## Pröva prognoserna på påhittade kommuner och skriv docs/prognosprov.md
	@nice -n 10 $(BIN)/python -m tests.prognos docs/prognosprov.md

frys: venv ## Frys nya händelser, fält och ord
	@$(BIN)/python -m tests.frysta

sprak: venv ## Kompilera kommandoradens svenska texter
	@$(call tyst,$(BIN)/pybabel compile --domain=messages --locale=sv --directory=interfaces/cli/sprak)

lock: ## Lös beroendena på nytt och skriv låsfilerna
	@test -x $(LAS_VENV)/bin/pip-compile || "$(PYTHON)" -m venv $(LAS_VENV)
	@$(call tyst,$(LAS_VENV)/bin/python -m pip --disable-pip-version-check --quiet install "$(PIP_TOOLS)")
	@$(call tyst,$(LAS) --output-file=requirements.lock pyproject.toml)
	@$(call tyst,$(LAS) --extra=dev --constraint=requirements.lock --output-file=requirements-dev.lock pyproject.toml)

clean: ## Ta bort allt som går att bygga igen
	@rm -rf $(VENV) $(MUT_VENV) $(LAS_VENV) mutants build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis \
		.import_linter_cache .coverage .coverage.* htmlcov
	@find $(KOD) -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
