#!/bin/sh
# Run the checks, the wheel check and the tests; all of them, even after one fails.
# Usage: scripts/test.sh [arguments for pytest]
#
# The tests come last, so that the output ends with pytest's own closing line.
set -u
cd "$(dirname "$0")/.."
failed=

scripts/check.sh || failed="$failed check"
.venv/bin/python scripts/wheel_check.py || failed="$failed wheel-check"
[ -z "$failed" ] || printf '\ntest: failed before the tests:%s\n' "$failed" >&2

# Two workers, a file to each at a time: a file's tests share what they build.
.venv/bin/python -m pytest -n "${PYTEST_WORKERS:-2}" --dist loadfile "$@" || failed="$failed tests"
[ -z "$failed" ]
