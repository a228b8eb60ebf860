#!/bin/sh
# Lock every requirement by hash, for every Python from 3.11. Usage: scripts/lock.sh [--upgrade]
set -eu
cd "$(dirname "$0")/.."

compile() {
	output=requirements/$1.txt
	shift
	.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --output-file "$output" "$@"
}

compile dev pyproject.toml --extra dev "$@"
# The others follow dev, so that what is tested is what runs.
for extra in spark postgres; do
	compile "$extra" pyproject.toml --extra "$extra" --constraint requirements/dev.txt "$@"
done
compile base pyproject.toml --constraint requirements/dev.txt "$@"
compile build requirements/build.in --constraint requirements/dev.txt "$@"
