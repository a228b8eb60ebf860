#!/bin/sh
# Make this checkout ready: system packages, .venv, locked requirements, the project itself.
# Usage: scripts/setup.sh demo|test   (PYTHON=/path/to/python chooses the interpreter)
set -eu
cd "$(dirname "$0")/.."

profile=${1:-}
case $profile in
demo) requirements="requirements/base.txt requirements/build.txt" ;;
test) requirements="requirements/dev.txt requirements/build.txt" ;;
*)
	echo "usage: scripts/setup.sh demo|test" >&2
	exit 2
	;;
esac

say() { printf 'setup: %s\n' "$*"; }
refuse() {
	printf 'setup: %s\n' "$@" >&2
	exit 1
}
has() { command -v "$1" >/dev/null 2>&1; }

# Running it is the only proof: a version manager's shim exists and still refuses.
is_recent() {
	"$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
	if [ -n "${PYTHON:-}" ]; then
		is_recent "$PYTHON" || refuse "PYTHON=$PYTHON is not a Python 3.11 or later that runs."
		printf '%s\n' "$PYTHON"
		return
	fi
	for candidate in python3 python3.13 python3.12 python3.11; do
		if is_recent "$candidate"; then
			command -v "$candidate"
			return
		fi
	done
}

# Debian ships ensurepip apart from the interpreter.
python_packages() {
	[ -x .venv/bin/python ] && return
	if [ -z "$python" ]; then
		echo python3 python3-venv
	elif ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
		"$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'
	fi
}

# Pango lays out the certificates' text; harfbuzz-subset makes their fonts small.
runtime_packages="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
# Playwright brings a Node that is linked to libatomic; the second engine runs on Java.
test_packages="chromium libatomic1 poppler-utils qpdf postgresql default-jre-headless"

wanted_packages() {
	python_packages
	echo "$runtime_packages"
	[ "$profile" = demo ] || echo "$test_packages"
}

missing_packages() {
	for package in $(wanted_packages); do
		state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
		[ "$state" = installed ] || printf '%s ' "$package"
	done
}

# Nobody is there to answer when the input is no terminal.
if [ -t 0 ]; then sudo=sudo; else sudo="sudo -n"; fi

as_root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	elif has sudo; then
		$sudo "$@"
	else
		return 1
	fi
}

install_packages() {
	has apt-get || return 1
	say "installing Debian packages:" "$@"
	# One unreachable source need not stop the rest: the installation itself decides.
	as_root apt-get update -qq </dev/null || true
	as_root env DEBIAN_FRONTEND=noninteractive \
		apt-get install -y -qq --no-install-recommends "$@" </dev/null >/dev/null || return 1
	say "installed Debian packages:" "$@"
}

check_debian() {
	# shellcheck disable=SC2046  # one word per package
	set -- $(missing_packages)
	[ $# -gt 0 ] || return 0
	install_packages "$@" || refuse \
		"these Debian packages are missing and could not be installed from here: $*" \
		"Install them as root, then run this again:" \
		"  apt-get update && apt-get install --no-install-recommends $*"
}

# Without Python there is no portable way to look, and its absence is reported first.
library_is_absent() {
	[ -n "$python" ] && ! "$python" -c "
import ctypes.util, sys
sys.exit(ctypes.util.find_library('$1') is None)" >/dev/null 2>&1
}

missing_elsewhere() {
	[ -n "$python" ] || echo "  Python 3.11 or later, with venv"
	! library_is_absent pango-1.0 || echo "  Pango"
	! library_is_absent pangoft2-1.0 || echo "  Pango's FreeType part (pangoft2)"
	! library_is_absent harfbuzz-subset || echo "  HarfBuzz, with its subset library"
	[ "$profile" = test ] || return 0
	has chromium || echo "  Chromium, as the command chromium"
	has pdftoppm || echo "  Poppler's tools (pdftoppm)"
	has qpdf || echo "  qpdf"
	has initdb || has pg_config || echo "  PostgreSQL, the server"
	has java || echo "  Java 17 or later, as the command java"
}

check_elsewhere() {
	missing=$(missing_elsewhere)
	[ -z "$missing" ] || refuse \
		"this is not a Debian system, so nothing is installed for you. Not found:" \
		"$missing" \
		"Install these with your system's package manager, then run this again."
}

# What was installed, from what, and where: a moved checkout has wrong paths in its scripts.
state_of_setup() {
	cat scripts/setup.sh pyproject.toml requirements/*.txt | cksum
	pwd
}

is_ready() {
	[ -f .venv/.setup ] || return 1
	{ [ "$(state_of_setup)" = "$(tail -n +2 .venv/.setup)" ] && .venv/bin/python -c ''; } || return 1
	[ "$(head -n 1 .venv/.setup)" = test ] || [ "$(head -n 1 .venv/.setup)" = "$profile" ]
}

make_venv() {
	if is_recent .venv/bin/python && grep -qF "$(pwd)/.venv" .venv/bin/activate; then
		return
	fi
	[ -n "$python" ] || refuse \
		"no Python 3.11 or later was found (tried python3, python3.13, python3.12, python3.11)." \
		"Install one, or name it: make demo PYTHON=/path/to/python"
	say "making .venv with $("$python" --version)"
	"$python" -m venv --clear .venv
}

pip_install() {
	.venv/bin/python -m pip install -qq --no-input --disable-pip-version-check "$@"
}

install_requirements() {
	say "installing ${requirements} (the first time, this downloads; it takes a minute or two)"
	rm -f .venv/.setup
	set --
	for file in $requirements; do set -- "$@" -r "$file"; done
	pip_install --require-hashes "$@"
	pip_install --no-deps --no-build-isolation --editable .
	{
		echo "$profile"
		state_of_setup
	} >.venv/.setup
	say "done"
}

python=$(find_python)
if has dpkg-query; then check_debian; else check_elsewhere; fi
is_ready && exit 0
[ -n "$python" ] || python=$(find_python)
make_venv
install_requirements
