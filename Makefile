# How we work on Baoku. `make` alone prints this list; each target's line says what it is for.

.DEFAULT_GOAL := help
.PHONY: help setup demo test browser postgres cover lint types contracts check bench soak cluster lock secrets clean

# Any Python from 3.11 on; the first that answers, or `make PYTHON=/path/to/python3.11 ...`.
PYTHON ?= $(shell for p in python3.11 python3 python3.12 python3.13; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
AXE := 4.14.1
COMPILE := $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 \
	--generate-hashes --no-strip-extras --no-emit-index-url --no-header --no-config --quiet

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(READY)  ## a virtual environment in .venv, every package checked against its hash

demo: $(READY)  ## the main job against a stand-in site on this machine: page 7 of seven issues
	$(BIN)/baoku demo

test: $(READY)  ## every test, with the branch coverage of press, crawler, storage, pipeline
	$(BIN)/pytest --cov --numprocesses auto --dist loadscope

browser: $(READY)  ## what the reading room's tests ask for beside Python: Chromium (as root), axe-core (npm)
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || { apt-get -qq update && \
		DEBIAN_FRONTEND=noninteractive apt-get -qq install -y chromium fonts-noto-cjk >/dev/null; }
	@if command -v npm >/dev/null; then npm install --silent --no-save --ignore-scripts --no-audit \
		--no-fund --prefix $(VENV)/axe axe-core@$(AXE); else echo "no npm: axe-core is left out"; fi

postgres:  ## the server that the catalogue's tests ask for beside Python, where there is none: PostgreSQL (as root)
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || \
		test -n "$$BAOKU_TEST_POSTGRES_URL" || { test "$$(id -u)" = 0 || { \
		echo "run make postgres as root, or name a server in BAOKU_TEST_POSTGRES_URL"; exit 1; }; \
		apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y postgresql >/dev/null; }

cover: test  ## the same, and htmlcov/ shows it line by line
	$(BIN)/coverage html

lint: $(READY)  ## ruff: the rules and the format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)  ## mypy --strict
	$(BIN)/mypy

contracts: $(READY)  ## who may import whom
	$(BIN)/lint-imports

check: test lint types contracts  ## all that .ci/run asks for

bench: $(READY)  ## measurements beside other extractors (PEERS=their python); never in CI
	$(BIN)/python bench/extract.py $(if $(PEERS),--peers-python $(PEERS))

soak: $(READY)  ## 200 kills, four commands at once, the pace of a backfill, a cluster; an hour, never in CI
	$(BIN)/python bench/kills.py
	$(BIN)/python bench/together.py
	$(BIN)/python bench/pace.py
	PYTHONPATH=. $(BIN)/python bench/cluster_soak.py
	PYTHONPATH=. $(BIN)/python bench/cluster_pace.py

cluster: $(READY)  ## PostgreSQL, a stand-in site, planner, two workers, reading room, until Ctrl-C
	PYTHONPATH=. $(BIN)/python bench/cluster.py

lock: $(READY)  ## the three lock files anew from pyproject.toml: hashes, no address of an index
	$(BIN)/python -m pip install --quiet uv
	$(COMPILE) --upgrade --group build --output-file requirements.lock
	$(COMPILE) --constraints requirements.lock --group dev --output-file requirements-dev.lock
	$(COMPILE) --constraints requirements-dev.lock --group build --extra postgres --extra queue \
		--extra objects --output-file requirements-server.lock

# The containers' user, and bytes as hexadecimal digits: no character of a URL or of a shell.
READER := 10001
HEX = od -An -v -tx1 -N$(1) /dev/urandom | tr -d ' \n'
SECRETS ?= secrets

secrets:  ## what docker-compose.yml reads, drawn by lot into secrets/; as root
	@test ! -e $(SECRETS) || { echo "$(SECRETS) is there already; nothing was changed"; exit 1; }
	@set -e; umask 077; mkdir $(SECRETS); cd $(SECRETS); password=$$($(call HEX,20)); \
	echo "$$password" >postgres_password; \
	echo "postgresql+psycopg://baoku:$$password@postgres/baoku" >database_url; \
	echo "root-$$($(call HEX,4))" >store_user; echo "$$($(call HEX,20))" >store_password; \
	{ echo "baoku-$$($(call HEX,4))"; echo "$$($(call HEX,20))"; } >shelf_key; \
	echo "$$($(call HEX,20))" >readers_token; \
	chown $(READER):$(READER) * || echo "as root: chown $(READER):$(READER) $(SECRETS)/*"

clean:  ## what the tools left behind; never .venv, never an archive
	rm -rf .coverage htmlcov dist .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find . -path ./$(VENV) -prune -o -name __pycache__ -type d -exec rm -rf {} +

# The venv brings its own pip; where the system ships venv without it (Debian), the system's pip does.
$(BIN)/pip:
	@test -n "$(PYTHON)" || { echo "Baoku needs Python 3.11 or newer: install it, or run make PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV) || { $(PYTHON) -m venv --without-pip $(VENV) && \
		$(PYTHON) -m pip --python $(BIN)/python install pip; }

$(READY): requirements-dev.lock pyproject.toml | $(BIN)/pip
	$(BIN)/python -m pip install --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --no-deps --no-build-isolation --editable .
	@touch $@
