# Everything a newcomer needs. `make demo` is the place to begin; only Python >= 3.11 and make must be there.
.DEFAULT_GOAL := help
SHELL := bash

# uv: the one on the PATH, else our own copy in .tools/ (the version is pinned so that the lock file is read alike).
UV_VERSION := 0.13.9
UV := $(shell command -v uv 2>/dev/null || echo .tools/bin/uv)
RUN := $(UV) run --frozen

.PHONY: help setup demo browse browse-large screenshots test check bench clean

help:  ## say what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 22

.tools/bin/uv:
	python3 -m venv .tools
	.tools/bin/pip install --quiet uv==$(UV_VERSION)

setup: $(filter .tools/bin/uv,$(UV))  ## install the program and what it needs into .venv/
	@$(UV) sync --frozen --quiet

demo: setup  ## archive the five saved pages of seeds/ into archive/
	@$(RUN) worker crawl --offline

browse: setup  ## look at the archive in a browser (Datasette, http://127.0.0.1:8001)
	@$(RUN) worker browse

# How many articles `make browse-large` makes: 100,000 take an hour and 8 GB.
ARTICLES ?= 2000
LARGE ?= bench-results/large-$(ARTICLES)

browse-large: setup  ## look at a large made-up archive (ARTICLES=2000; the same way as `browse`)
	@$(RUN) python -m tests.archive.large $(LARGE) --articles $(ARTICLES)
	@$(RUN) worker browse --archive $(LARGE)

screenshots: setup  ## take pictures of the main pages into bench-results/screenshots/, and the README's
	@$(RUN) python -m tests.archive.large $(LARGE) --articles $(ARTICLES)
	@$(RUN) python -m tests.archive.screenshots $(LARGE)
	@$(RUN) --group peers python -m tests.archive.screenshots $(LARGE) --readme

test: setup  ## run the tests
	@$(RUN) pytest

check: setup  ## lint and check types
	@$(RUN) ruff check .
	@$(RUN) ruff format --check .
	@$(RUN) mypy

bench: setup  ## measure: cleaning beside its peers, facts, crawling, duplicates, search
	@$(UV) sync --frozen --quiet --group peers
	@$(RUN) --group peers python -m tests.bench

clean:  ## remove what was installed and made here, but not the archive
	rm -rf .venv .tools .pytest_cache .mypy_cache .ruff_cache .hypothesis
