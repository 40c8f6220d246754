# `make run` starts the product, `make test` checks all of it. Both set everything up by themselves.
PORT ?= 8000
GROUP ?=
export PORT

.PHONY: help run test build lint format lock clean

help: ## What there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

run: ## Start the product at http://localhost:$(PORT)
	@scripts/setup.sh run
	@.venv/bin/python scripts/serve.py

test: ## Check everything, or one group: make test GROUP=unit
	@scripts/setup.sh test
	@.venv/bin/python scripts/check.py $(GROUP)

build: ## Build the app alone
	@scripts/setup.sh run

lint: ## Lint and types alone
	@scripts/setup.sh test
	@.venv/bin/python scripts/check.py lint

format: ## Put the Python code into its form
	@.venv/bin/ruff check --fix -q . ; .venv/bin/ruff format -q .

lock: ## Make the lock files again from requirements*.in
	@scripts/lock.sh

clean: ## Throw away what can be made again (never var/, which holds data)
	rm -rf .venv pwa/node_modules pwa/dist test-results .mypy_cache .ruff_cache .pytest_cache
