# Altyn Köpir. `make` lists what there is; every target may be asked for at any time and does only what is due.

HOST ?= 127.0.0.1
PORT ?= 8050
WORKERS ?= 2
PYTHON ?=
CHROMIUM ?=

BIN := .venv/bin
PY := $(BIN)/python
PIP := $(PY) -m pip --disable-pip-version-check
BUNDLE := dashboards/bundle
AXE := $(BUNDLE)/node_modules/axe-core/axe.min.js
BENCH := build/bench/venv
LANGUAGES := kk ru tr
LOCK_TOOL := pip-tools==7.6.2
LOCK := $(PY) -m piptools compile --quiet --allow-unsafe --generate-hashes --strip-extras --newline=lf --no-header \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options

export HOST PORT
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help setup dev bundle build static run unit test check bench lock messages docs clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: .venv/.runtime ## make the environment .venv from requirements.txt

dev: .venv/.dev ## add what the tests and linters need

bundle: .venv/.runtime $(BUNDLE)/out/plotly.min.js ## build the small plotly.js of the dashboards

build: setup ## build the warehouse from data/
	@$(PY) -m etl build

static: setup bundle ## collect and compress what browsers load
	@$(PY) -m dashboards static

run: setup bundle build static ## serve the dashboards on HOST:PORT
	@echo "Altyn Köpir: http://$(HOST):$(PORT)/  (Ctrl+C stops it)"
	@exec $(PY) -m gunicorn app:server --bind "$(HOST):$(PORT)" --workers "$(WORKERS)"

unit: dev static ## run the tests that take seconds: all but the slow ones and those in a browser
	@$(PY) -m pytest -m "not browser and not slow" -n auto --dist worksteal

test: dev bundle $(AXE) static ## run every test, first without, then with a browser
	@tools/postgresql.sh >/dev/null && $(PY) -m pytest -m "not browser" -n auto --dist worksteal --postgresql
	@chromium=$$(CHROMIUM="$(CHROMIUM)" tools/chromium.sh) && CHROMIUM="$$chromium" $(PY) -m pytest -m browser

check: dev ## lint, check the format, the types and who imports what
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy
	@$(BIN)/lint-imports --no-logo

bench: build bundle static $(BENCH)/.ready benchmarks/node_modules/.ready ## measure beside others' tools, write docs/performance.md
	@export CHROMIUM PATH="$$PATH:$(CURDIR)/$(BIN)"; CHROMIUM=$$(CHROMIUM="$(CHROMIUM)" tools/chromium.sh) && \
		for part in pages load lighthouse etl report; do $(BENCH)/bin/python -m benchmarks $$part || exit 1; done

lock: setup ## renew requirements.txt, requirements-dev.txt and that of the benchmarks
	@$(PIP) install --quiet $(LOCK_TOOL)
	@$(LOCK) --upgrade -o requirements.txt pyproject.toml
	@$(LOCK) --upgrade --extra dev -c requirements.txt -o requirements-dev.txt pyproject.toml
	@$(LOCK) --upgrade -c requirements-dev.txt -o benchmarks/requirements.txt benchmarks/requirements.in

messages: setup ## bring the four message catalogues in step with the sources
	@mkdir -p build
	@$(PY) -m babel.messages.frontend --quiet extract -F pyproject.toml -k text -k plural:1,2 -k message -k messages:1,2 --no-location --sort-output \
		--project="Altyn Köpir" --copyright-holder="Altyn Köpir contributors" -o build/messages.pot dashboards
	@for language in $(LANGUAGES); do \
		catalogue=dashboards/locale/$$language/LC_MESSAGES/messages.po; \
		if [ -f $$catalogue ]; then verb="update --no-fuzzy-matching --ignore-obsolete"; else verb=init; fi; \
		$(PY) -m babel.messages.frontend --quiet $$verb -i build/messages.pot -l $$language -o $$catalogue || exit 1; \
		sed -i -E '/^"(Project-Id-Version|Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By):/d' $$catalogue; \
	done

docs: setup ## write docs/indicators.md from the catalogue
	@$(PY) tools/indicators.py

clean: ## remove everything built, the environment included
	rm -rf .venv build .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache \
		$(BUNDLE)/node_modules $(BUNDLE)/out benchmarks/node_modules data/warehouse.sqlite*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Stamps: an environment is renewed when its lock is.

.venv/.runtime: requirements.txt
	@python=$$(tools/python.sh $(PYTHON)) && echo "Environment: $$($$python --version) in .venv …" && $$python -m venv --clear .venv
	@$(PIP) install --quiet --require-hashes -r requirements.txt
	@touch $@

.venv/.dev: .venv/.runtime requirements-dev.txt
	@echo "Environment: what the tests and linters need …"
	@$(PIP) install --quiet --require-hashes -r requirements-dev.txt
	@touch $@

$(BENCH)/.ready: benchmarks/requirements.txt
	@python=$$(tools/python.sh $(PYTHON)) && echo "Environment: what is measured beside us …" && $$python -m venv --clear $(BENCH)
	@$(BENCH)/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes -r benchmarks/requirements.txt
	@touch $@

# Node.js is the machine's, or what the bundle had to fetch.
benchmarks/node_modules/.ready: benchmarks/package.json benchmarks/package-lock.json | $(BUNDLE)/out/plotly.min.js
	@PATH="$$PATH:$(CURDIR)/$(BIN)" npm ci --prefix benchmarks --ignore-scripts --loglevel=error >/dev/null
	@touch $@

# A machine without the registry still serves: the app then falls back to the whole plotly.js.
$(BUNDLE)/out/plotly.min.js: $(addprefix $(BUNDLE)/,build.mjs locales.json package-lock.json plotly.entry.js \
		plotly.flows.entry.js plotly.maps.entry.js plotly.trees.entry.js) | .venv/.runtime
	@echo "Bundle: a small plotly.js …"
	@mkdir -p build
	@tools/bundle.sh "$(CURDIR)/$(PY)" >build/bundle.log 2>&1 || \
		echo "WARNING: the small plotly.js could not be built (build/bundle.log says why); pages will load the whole one." >&2

# The browser tests cannot do without the accessibility checker, so here a failure is one.
$(AXE): | $(BUNDLE)/out/plotly.min.js
	@tools/bundle.sh "$(CURDIR)/$(PY)"
