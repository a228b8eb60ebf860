#!/bin/sh
# Run every check that needs no running program; all of them, even after one fails.
set -u
cd "$(dirname "$0")/.."
failed=

run() {
	printf '\n$ %s\n' "$*"
	".venv/bin/$@" || failed="$failed $1"
}

# mypy and import-linter look for the bundled plugins where the wheel will have them.
export PYTHONPATH=plugins
run ruff check .
run ruff format --check .
run mypy
run lint-imports --no-logo
run pytest -q -p no:cacheprovider tests/architecture

[ -z "$failed" ] || printf '\ncheck: failed:%s\n' "$failed" >&2
[ -z "$failed" ]
