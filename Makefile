# Everything that this project needs is made from here. See README.md.
# Debian leaves ensurepip out of python3: the package python3-venv brings it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
SYSTEM_LIBRARIES := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
export PIP_DISABLE_PIP_VERSION_CHECK := 1

TEST_DATABASE_URL ?= postgres:///commissioning_ethics_assurance
DEMO := INSTALLATION=demonstration

.PHONY: setup demo demo-seed demo-reset demo-code backup restore test lint bench clean

setup: $(VENV)/.installed static/build/.built

$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -c 'import ensurepip' 2>/dev/null || .ci/system-libraries python3-venv
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[test,lint]'
	.ci/system-libraries $(SYSTEM_LIBRARIES)
	touch $@

static/build/.built: $(VENV)/.installed package.json package-lock.json static/make.mjs $(wildcard static/scss/*.scss)
	.ci/node-run $(BIN)/python
	touch $@

demo: setup
	@EMAIL_URL=dummymail:// $(DEMO) $(BIN)/python manage.py seed_demonstration
	@$(DEMO) $(BIN)/python manage.py demo --port $(PORT)

demo-reset:
	rm -rf var
	$(MAKE) demo

demo-code:
	@$(DEMO) $(BIN)/python manage.py demo_code

# make backup TO=folder [KEYS=another folder]; make restore FROM=folder [KEYS=…]. docs/operations.md
backup: setup
	@test -n "$(TO)" || { echo "Say where to: make backup TO=FOLDER" >&2; exit 2; }
	$(BIN)/python manage.py backup "$(TO)" $(if $(KEYS),--keys "$(KEYS)")

restore: setup
	@test -n "$(FROM)" || { echo "Say where from: make restore FROM=FOLDER" >&2; exit 2; }
	$(if $(KEYS),$(BIN)/python manage.py restore_keys "$(KEYS)")
	$(BIN)/python manage.py restore "$(FROM)"

test: setup
	.ci/test-services
	$(BIN)/python -m pytest tests -n 2 --dist loadscope -m "not journey and not production"
	DATABASE_URL=$(TEST_DATABASE_URL) $(BIN)/python -m pytest tests -n 2 --dist loadscope -m "not journey and not production"
	$(BIN)/python -m pytest tests/journeys -m "journey or production"

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

bench: setup
	.ci/test-services
	$(BIN)/python -m tests.benchmarks

clean:
	rm -rf $(VENV) node_modules static/build var
