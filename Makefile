# Two commands are enough: `make run` serves the assistant, `make test` tests it. Both install what they need first.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
# The model comes with its package: nothing is fetched from a model hub.
export HF_HUB_OFFLINE := 1

.PHONY: run index test lint audit evaluate fit adapt teach bench milvus clean hostile

run: index
	$(BIN)/python -m webapp --host $(HOST) --port $(PORT)

# Status 1 means that some files could not be read; the others are indexed, so there is something to serve.
index: $(VENV)/installed
	$(BIN)/python build_index.py || [ $$? -eq 1 ]

# Each file's tests run in one process, since they share servers and browsers.
test: $(VENV)/installed-dev
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Reads the code for what is often unsafe, and asks whether the packages have known faults; says so where it cannot ask.
audit: $(VENV)/installed-dev
	$(BIN)/bandit --quiet --configfile pyproject.toml --recursive assistant build_index.py corpus index webapp
	$(BIN)/python .ci/audit.py requirements.txt requirements-dev.txt

# REPORTS=FOLDER, a folder of Ofsted's PDFs for each council, asks the questions about those too.
evaluate: index $(VENV)/installed-dev
	$(BIN)/python -m evaluation --write $(if $(REPORTS),--reports "$(REPORTS)")

# Fits the weights of the assistant's signals on the tuning questions, and tells what each is worth.
fit: index $(VENV)/installed-dev
	$(BIN)/python -m evaluation.fitting $(if $(REPORTS),--reports "$(REPORTS)")

# Teaches the default model how people ask, from questions about Ofsted's reports; writes index/models/adaptation.safetensors.
adapt: $(VENV)/installed-dev
	$(BIN)/python -m evaluation.adapting --reports "$(REPORTS)"

# Teaches the reader, from the same questions, after the model has been; writes index/models/reader.safetensors.
teach: $(VENV)/installed-dev
	$(BIN)/python -m evaluation.teaching --reports "$(REPORTS)"

# SIZES="10000 100000" compares with other engines at those sizes alone; the whole, with a million passages, takes hours.
bench: index
	$(BIN)/python -m benchmarks --write
	$(BIN)/python -m benchmarks.encoding --write $(if $(REPORTS),--documents "$(REPORTS)" --every 20)
	$(BIN)/python -m benchmarks.scale --write
	$(BIN)/python -m benchmarks.killing --write
	$(BIN)/python -m benchmarks.load --write
	$(BIN)/python -m benchmarks.faults --write
	$(BIN)/python -m pip install --quiet --requirement requirements.txt --requirement benchmarks/requirements.txt
	$(BIN)/python -m benchmarks.lexical --write $(if $(REPORTS),--documents "$(REPORTS)")
	$(BIN)/python -m benchmarks.dense --write $(if $(VECTORS),--vectors "$(VECTORS)") $(if $(REPORTS),--documents "$(REPORTS)")
	$(BIN)/python -m benchmarks.peers --write $(if $(SIZES),--sizes $(SIZES)) $(if $(REPORTS),--reports "$(REPORTS)")
	$(if $(REPORTS),$(BIN)/python -m benchmarks.reading --documents "$(REPORTS)" --write)

# A hundred thousand requests that nobody would write, and the readers under a fuzzer.
hostile: $(VENV)/installed-dev
	$(BIN)/python -m pip install --quiet --requirement requirements.txt --requirement benchmarks/requirements.txt
	$(BIN)/python -m benchmarks.hostile --write
	$(BIN)/python -m benchmarks.fuzzing --write

# A small Milvus to try `--milvus http://127.0.0.1:19530` with. It is for thousands of passages; a cluster is for millions.
milvus: $(VENV)/installed
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --requirement requirements-milvus.txt
	$(BIN)/milvus-lite server --data-dir index/built/milvus --host 127.0.0.1 --port 19530

$(VENV)/installed: requirements.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --requirement requirements.txt
	touch $@

$(VENV)/installed-dev: requirements-dev.txt requirements-milvus.txt $(VENV)/installed
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --requirement requirements-dev.txt
	touch $@

clean:
	rm -rf $(VENV) index/built
