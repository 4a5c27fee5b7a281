# Everything runs in .venv; `make` alone lists what there is.
SCANS ?= corpus/scans
DB    ?= letters.db
QUALITIES ?= office bad
BIN   := .venv/bin
STAMP := .venv/.installed

.DEFAULT_GOAL := help
.PHONY: help setup system ingest serve test check fix lock scans record eval bench bench-stages bench-memory bench-peers docs docs-check soak clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

setup: system $(STAMP) ## prepare this machine: system packages, virtual environment, locked dependencies

system:
	@scripts/setup_system.sh

$(STAMP): requirements.lock pyproject.toml
	@python3 -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

ingest: setup ## read scans into a database: make ingest [SCANS=folder] [DB=file]
	@$(BIN)/congvan ingest $(SCANS) --db $(DB)

serve: setup ## read, correct and search what is in the database, in the browser: make serve [DB=file]
	@$(BIN)/congvan serve --open --db $(DB)

test: setup check ## run the whole test suite, lint and types included
	@$(BIN)/python -m pytest

check: setup ## lint, format and types, nothing changed
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy

fix: setup ## put format and simple lint right
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

lock: $(STAMP) ## renew requirements.lock from pyproject.toml
	@$(BIN)/pip-compile --quiet --extra dev --generate-hashes --strip-extras --allow-unsafe --no-header \
		--output-file requirements.lock pyproject.toml
	@sed -i '/^--/d; 1{/^$$/d}' requirements.lock

scans: setup ## make the sample letters' scans again, at every quality, into corpus/made
	@for quality in clean office bad fax low150 photo rotated stamped handwritten; do \
		$(BIN)/python -m scripts.make_scans --quality $$quality --out corpus/made/$$quality || exit 1; done

record: setup ## read the sample scans again and keep the words that the tests run on
	@$(BIN)/python -m scripts.record_letters corpus/scans tests/letters

bench: setup ## speed and word errors beside OCRmyPDF and bare Tesseract: make bench [QUALITIES="office bad"] [LETTERS=12]
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m scripts.bench.speed --qualities $(QUALITIES) \
		$(if $(LETTERS),--letters $(LETTERS))

bench-stages: setup ## CPU seconds a page of each stage beside the engine's own: make bench-stages [SCANS=folder] [LETTERS=5]
	@OMP_THREAD_LIMIT=1 $(BIN)/python -m scripts.bench.stages $(SCANS) $(if $(LETTERS),--letters $(LETTERS))

bench-memory: setup ## the most memory that one scan of 300 pages takes
	@$(BIN)/python -m scripts.bench.memory $(SCANS) --pages 300

eval: setup ## the benchmark: one table, written to docs/results.md: make eval [QUALITIES="office fax"] [SIDE=dev]
	@$(BIN)/python -m scripts.eval --qualities $(QUALITIES) $(if $(SIDE),--side $(SIDE))

bench-peers: setup ## OCRmyPDF, Tesseract, kreuzberg, invoice2data on the same scans, to docs/peers.md: make bench-peers [LETTERS=6]
	@mkdir -p artefacts
	@test -x artefacts/peers/bin/python || python3 -m venv artefacts/peers
	@artefacts/peers/bin/pip install --quiet --disable-pip-version-check kreuzberg==4.10.4 invoice2data==1.0.1 || \
		echo "kreuzberg and invoice2data cannot be installed here and are left out" >&2
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m scripts.bench.peers --qualities $(QUALITIES) \
		--side $(or $(SIDE),dev) --letters $(or $(LETTERS),6) --venv artefacts/peers

docs: setup ## write again what the program writes about itself: docs/cli.md, schema.md, errors.md
	@$(BIN)/python -m scripts.make_docs docs

docs-check: setup ## the documents against the program: fresh pages, names that exist, commands and SQL that run
	@$(BIN)/python -m pytest -q tests/test_docs.py tests/test_walk.py tests/test_manual.py

soak: setup ## the long trials: mutated files and random kills, nothing may be lost
	@$(BIN)/python -m scripts.soak corpus/scans

clean: ## remove what was built here, databases aside
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist corpus/made
