# Everything here runs in .venv, which is made when it is needed. Python 3.11 or newer: make test PYTHON=python3.12
PYTHON ?= python3
RUN := .venv/bin/python
READY := .venv/.ready

.PHONY: help demo test lint docs check conformance browser cluster quarter oldest bench reliability scenario mutation clean

help:  ## list these targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{printf "%-13s %s\n", $$1, $$2}'

demo: $(READY)  ## make the example workspace in demo/, play the whole loop in it, say where the reports lie
	@if [ -e demo ] && [ ! -f demo/.made-by-make ]; then \
		echo "demo is there already, and make demo did not make it: move it away"; exit 1; fi
	@rm -rf demo
	@$(RUN) -m qacli demo demo; code=$$?; if [ -d demo ]; then touch demo/.made-by-make; fi; exit $$code
	@echo "qacli itself is .venv/bin/qacli here; to type just qacli: . .venv/bin/activate"

test: $(READY)  ## run all tests
	@$(RUN) -m pytest -n 2 --dist worksteal

lint: $(READY)  ## look for faults of style and of types
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check --quiet .
	@$(RUN) -m mypy

docs: $(READY)  ## write what is generated: reference, gallery of errors, completion, help in the README
	@$(RUN) docs/pages.py

check: lint  ## lint, are the generated pages current, all tests
	@$(RUN) docs/pages.py --check
	@$(MAKE) --no-print-directory test

conformance: $(READY) .conformance/.ready  ## forms and schemas against the programs of others: Genesys SDK, cfn-lint, language server
	@$(RUN) -m pytest conformance

browser: $(READY) .browser/.ready  ## the pages and workbooks that people fill in: Chromium, axe-core, LibreOffice
	@$(RUN) -m pytest browser

cluster: .cluster/.ready  ## the same draws on PostgreSQL and on Spark with two workers (needs java 17, postgresql)
	@.cluster/bin/python -m pytest cluster

oldest: .oldest/.ready  ## the tests with the oldest packages that pyproject.toml allows (minutes)
	@.oldest/bin/python -m pytest -n 2 --dist worksteal

bench: $(READY)  ## measure every budget: name, ratio, budget, peer, ok or over
	@$(RUN) benchmarks/run.py

reliability: $(READY)  ## kill, starve and damage the real commands; write docs/reliability.md (hours; needs strace)
	@command -v strace >/dev/null || { echo "strace is needed: apt-get install strace"; exit 1; }
	@$(RUN) reliability/run.py $(PARTS)

scenario: $(READY)  ## lay hundreds of quarters before the detectors; write docs/validity.md (an hour; PARTS=written)
	@nice -n 5 $(RUN) scenario/validity.py $(PARTS)

quarter: $(READY)  ## play the whole scenario through the commands, from init to the refused portfolio
	@$(RUN) -m pytest scenario

mutation: $(READY)  ## plant small faults in ledger, scoring, sampling: does a test notice? (half an hour; goes on where it stopped)
	@nice -n 15 $(RUN) reliability/run.py mutated

clean:  ## remove what was made here: .venv, caches, dist, the demo
	@if [ -f demo/.made-by-make ]; then rm -rf demo; fi
	rm -rf .venv .conformance .browser .cluster .oldest dist .mypy_cache .ruff_cache .hypothesis .pytest_cache
	@find src tests examples benchmarks docs -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamp is written last, so that an installation that broke off is begun again.
$(READY): pyproject.toml
	@echo "setting up .venv (once; some minutes on a slow line)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "qacli needs Python 3.11 or newer, this is " + sys.version.split()[0])'
	@$(PYTHON) -m venv .venv
	@$(RUN) -m pip install --quiet --disable-pip-version-check --upgrade pip
	@$(RUN) -m pip install --quiet --disable-pip-version-check -e '.[test]'
	@touch $(READY)

# Large, and needed by nothing else: the SDK of Genesys Cloud and cfn-lint in an environment of their own, and what editors run.
.conformance/.ready: conformance/requirements.txt conformance/package-lock.json
	@command -v npm >/dev/null || { echo "npm is needed: apt-get install nodejs npm"; exit 1; }
	@echo "setting up .conformance (once; 400 MB)"
	@mkdir -p .conformance
	@cp conformance/package.json conformance/package-lock.json .conformance/
	@cd .conformance && npm ci --silent --no-audit --no-fund
	@$(PYTHON) -m venv .conformance/venv
	@.conformance/venv/bin/python -m pip install --quiet --disable-pip-version-check -r conformance/requirements.txt
	@touch .conformance/.ready

# The programs themselves come with the system: apt-get install chromium libreoffice-calc python3-uno
.browser/.ready: browser/package-lock.json
	@command -v chromium >/dev/null || { echo "Chromium is needed: apt-get install chromium"; exit 1; }
	@command -v soffice >/dev/null || { echo "LibreOffice is needed: apt-get install libreoffice-calc python3-uno"; exit 1; }
	@command -v npm >/dev/null || { echo "npm is needed: apt-get install nodejs npm"; exit 1; }
	@mkdir -p .browser
	@cp browser/package.json browser/package-lock.json .browser/
	@cd .browser && npm ci --silent --no-audit --no-fund
	@touch .browser/.ready

# Spark is 400 MB, and only this needs it.
.cluster/.ready: pyproject.toml
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || { echo "PostgreSQL is needed: apt-get install postgresql"; exit 1; }
	@command -v java >/dev/null || { echo "Java 17 or newer is needed: apt-get install default-jre-headless"; exit 1; }
	@echo "setting up .cluster (once; 700 MB)"
	@$(PYTHON) -m venv .cluster
	@.cluster/bin/python -m pip install --quiet --disable-pip-version-check -e '.[cluster,postgresql]' 'pytest>=8.3'
	@touch .cluster/.ready

.oldest/.ready: pyproject.toml conformance/oldest.py
	@echo "setting up .oldest (once for each change of pyproject.toml)"
	@$(PYTHON) -m venv .oldest
	@$(PYTHON) conformance/oldest.py > .oldest/constraints.txt
	@.oldest/bin/python -m pip install --quiet --disable-pip-version-check -c .oldest/constraints.txt -e '.[test]'
	@touch .oldest/.ready
