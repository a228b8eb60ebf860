# Every target sets up what it needs; `make` alone lists them.
# ARGS goes to the command behind a target: make demo ARGS="--no-serve --json"
.DEFAULT_GOAL := help
PYTHON ?=
ARGS ?=
export PYTHON
BIN := .venv/bin

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: demo
demo: setup-demo ## Build the demonstration from real data and serve it
	@$(BIN)/awards demo $(ARGS)

.PHONY: serve
serve: setup-demo ## Serve an instance that already exists
	@$(BIN)/awards serve $(ARGS)

.PHONY: test
test: setup-test ## Run all that must be green: check, wheel-check, and every test
	@scripts/test.sh $(ARGS)

.PHONY: check
check: setup-test ## Check style, types, import arrows, sizes and the docs
	@scripts/check.sh

.PHONY: wheel-check
wheel-check: setup-test ## Build the wheel, install it elsewhere, run the demo from there
	@$(BIN)/python scripts/wheel_check.py

.PHONY: bench
bench: setup-test ## Measure the figures of docs/benchmarks.md
	@$(BIN)/python -m benchmarks $(ARGS)

.PHONY: fmt
fmt: setup-test ## Format the code and mend what can be mended safely
	@$(BIN)/ruff check --quiet --fix . || true
	@$(BIN)/ruff format .

.PHONY: lock
lock: setup-test ## Lock the requirements again (ARGS=--upgrade for newer versions)
	@scripts/lock.sh $(ARGS)

.PHONY: clean
clean: ## Remove builds and caches; .venv and the instance stay
	@rm -rf build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -path ./.venv -prune -o -name __pycache__ -type d -exec rm -rf {} +

.PHONY: setup-demo setup-test
setup-demo setup-test: setup-%:
	@scripts/setup.sh $*
