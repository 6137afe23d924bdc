# RtoPNet: every command does the set-up it needs first. Needs Python 3.11 or later and git.
PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup setup-test run test check format journeys fuzz bench mutants leaks crash messages lock clean

help: ## Say what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: ## Set up: packages, front end, catalogues; then .venv/bin/rtopnet and .venv/bin/forewarn work
	@$(PYTHON) tools/set_up.py run

setup-test:
	@$(PYTHON) tools/set_up.py dev

run: setup ## Set up and serve at http://localhost:8000 (PORT=… for another port)
	@$(BIN)/rtopnet run

test: setup-test ## Set up and pass the tests (under three minutes on two cores)
	@$(BIN)/pytest -q -n 2 -m "not contract and not journey and not spark and not slow"

check: setup-test ## Lint, format, types, floors and migrations
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/lint-imports && \
	$(BIN)/mypy

format: setup-test ## Format the code
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

journeys: setup-test ## Drive a real browser through the product (needs Debian's chromium)
	@$(BIN)/pytest -q -n 2 --dist loadfile -m journey tests/journeys

bench: ## Measure against baselines in the same run; prints "bench NAME RATIO goal GOAL"
	@$(PYTHON) tools/set_up.py bench && $(BIN)/python bench/all.py

fuzz: setup-test ## Throw made-up bytes at the parsers of open sources (SECONDS=… for all together)
	@$(BIN)/python tools/fuzz.py --seconds $(or $(SECONDS),60)

mutants: setup-test ## Drop each clause of each row policy of records; every time a test must fail
	@$(BIN)/python tools/policy_mutants.py

crash: setup-test ## Kill database and web in the middle of writes, 20 times; nothing acknowledged may be lost
	@$(BIN)/python tools/crash.py --kills $(or $(KILLS),20)

leaks: setup-test ## Visit every address as everybody and read all of it for what is not theirs (WHOLE=0 for a part)
	@$(BIN)/python tools/leaks.py

messages: setup-test ## Gather texts to translate into the region packs' catalogues (needs gettext)
	@$(BIN)/python tools/messages.py

lock: ## Renew the locked dependencies from the two pyproject files
	@$(PYTHON) tools/set_up.py lock

clean: ## Remove what set-up made, but not the data
	@rm -rf .venv .tools rtopnet/frontend/node_modules rtopnet/frontend/dist
