# Two commands are enough: `make run` serves the assistant, `make test` tests it. Both install what they need first.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
# The model comes with its package: nothing is fetched from a model hub.
export HF_HUB_OFFLINE := 1

.PHONY: run index test lint evaluate bench clean

run: index
	$(BIN)/python -m webapp --host $(HOST) --port $(PORT)

# Status 1 means that some files could not be read; the others are indexed, so there is something to serve.
index: $(VENV)/installed
	$(BIN)/python build_index.py || [ $$? -eq 1 ]

test: $(VENV)/installed-dev
	$(BIN)/python -m pytest

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

evaluate: index
	$(BIN)/python -m evaluation --write

bench: index
	$(BIN)/python -m benchmarks --write

$(VENV)/installed: requirements.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --requirement requirements.txt
	touch $@

$(VENV)/installed-dev: requirements-dev.txt $(VENV)/installed
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --requirement requirements-dev.txt
	touch $@

clean:
	rm -rf $(VENV) index/built
