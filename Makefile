# Everything a newcomer needs. `make` alone lists what there is.
.DEFAULT_GOAL := help
.PHONY: help demo test check bench lighthouse tools serve worker faults proof papers pictures lock format messages migrate clean

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
MESSAGES := eventsapp/translations
PORT ?= 8000
# Checkers of pages, from npm, at exactly these versions; nothing that runs needs them.
NU := 26.9.27
LIGHTHOUSE := 12.8.2
TOOLS := .tools
NPM := npm install --prefix $(TOOLS) --no-save --no-package-lock --no-audit --no-fund --silent
# As many test processes as cores; each has databases of its own.
JOBS ?= auto

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: export EVENTSAPP_BASE_URL ?= http://localhost:$(PORT)
demo: $(READY) ## Set up everything, load the sample and serve it at http://localhost:8000
	@$(BIN)/flask --app wsgi db upgrade
	@$(BIN)/flask --app wsgi demo load
	@$(BIN)/flask --app wsgi serve --demo --port $(PORT)

test: $(READY) ## Set up everything and run all tests, on SQLite and PostgreSQL
	@sh tests/system_packages.sh test
	@$(MAKE) -s tools || echo "The HTML checker could not be had from npm: its test is skipped."
	@$(BIN)/python -m tests.services $(BIN)/python -m pytest -n $(JOBS) --dist loadgroup $(ARGS)

check: $(READY) ## Format, lint, types, import contracts, templates
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --quiet --lint templates

bench: $(READY) ## The benchmarks: ratios measured in one run, never timed tests
	@sh tests/system_packages.sh test
	@$(BIN)/python -m tests.services $(BIN)/python -m tests.benchmarks

lighthouse: $(READY) ## Public pages as a phone sees them, under Lighthouse
	@sh tests/system_packages.sh pages
	@test -d $(TOOLS)/lighthouse-$(LIGHTHOUSE) || { $(NPM) lighthouse@$(LIGHTHOUSE) vnu-jar@$(NU) && mkdir $(TOOLS)/lighthouse-$(LIGHTHOUSE); }
	@$(BIN)/python -m tests.lighthouse

tools: ## The HTML checker that make test uses
	@test -d $(TOOLS)/nu-$(NU) || { $(NPM) vnu-jar@$(NU) && mkdir -p $(TOOLS)/nu-$(NU); }

faults: $(READY) ## Long fault runs: kill -9, lost wake-ups, full disks
	@sh tests/system_packages.sh test
	@$(BIN)/python -m tests.services $(BIN)/python -m pytest -m faults $(ARGS)

proof: $(READY) ## The proof that feedback is anonymous, in full length
	@sh tests/system_packages.sh test
	@$(BIN)/python -m tests.services $(BIN)/python -m pytest -m proof $(ARGS)

papers: $(READY) ## Every edition, language and size of a report under both validators
	@sh tests/system_packages.sh test
	@$(BIN)/python -m tests.services $(BIN)/python -m pytest tests/reports -m "papers or not papers" -k validators $(ARGS)

pictures: $(READY) ## Make the README's and the help pages' pictures anew
	@sh tests/system_packages.sh test
	@$(BIN)/python -m tests.journeys.pictures

serve: $(READY) ## Production web server (needs EVENTSAPP_MODE=production and settings)
	$(BIN)/flask --app wsgi serve --port $(PORT)

worker: $(READY) ## Job worker
	$(BIN)/flask --app wsgi jobs work

migrate: $(READY) ## Bring the database to the newest structure
	$(BIN)/flask --app wsgi db upgrade

messages: $(READY) ## Collect interface texts and bring the translations' files up to them
	@$(BIN)/pybabel -q extract -F pyproject.toml -k _l -k N_ --no-location --sort-output --no-wrap \
	  --project=eventsapp --version=1 --copyright-holder=eventsapp -o $(MESSAGES)/messages.pot .
	@$(BIN)/pybabel -q update -i $(MESSAGES)/messages.pot -d $(MESSAGES) --no-wrap --no-fuzzy-matching
	@$(BIN)/pybabel -q compile -d $(MESSAGES)

format: $(READY) ## Format code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: $(READY) ## Write requirements.lock anew from pyproject.toml
	$(BIN)/uv pip compile pyproject.toml --group dev --generate-hashes --no-annotate --no-header \
	  --universal --python-version 3.11 --quiet --upgrade --output-file requirements.lock

clean: ## Remove the environment and caches, never data
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

$(READY): requirements.lock tests/system_packages.sh $(wildcard $(MESSAGES)/*/LC_MESSAGES/*.po)
	@sh tests/system_packages.sh run
	@test -d $(VENV) || $(PYTHON) -m venv $(VENV)
	@echo "Installing the packages of requirements.lock …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pybabel -q compile -d $(MESSAGES)
	@touch $@
