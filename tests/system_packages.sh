#!/bin/sh
# Installs the system packages that are missing (Debian and Ubuntu, as root), or names them.
# "run" is what the application needs, "test" adds what the tests drive, "pages" what Lighthouse
# needs.
set -eu

missing=""
need() { # need PACKAGE TEST...: the package is missing where the test fails
  package=$1
  shift
  "$@" >/dev/null 2>&1 || missing="$missing $package"
}
library() { ldconfig -p | grep -q "$1"; }
# Not named like a program, for "command -v" would find the function itself.
any_chromium() { command -v chromium || command -v chromium-browser || command -v google-chrome; }
any_postgres() {
  [ -n "${EVENTSAPP_TEST_POSTGRES:-}" ] || command -v psql && ls /usr/lib/postgresql/*/bin/initdb
}

if [ "$(uname -s)" = Linux ]; then
  need libpangoft2-1.0-0 library libpangoft2-1.0.so
  need libharfbuzz-subset0 library libharfbuzz-subset.so
  need python3-venv python3 -c "import ensurepip"
  if [ "${1:-run}" = test ]; then
    need chromium any_chromium
    need poppler-utils command -v pdftotext
    need qpdf command -v qpdf
    need postgresql any_postgres
    need redis-server command -v redis-server
    need default-jre-headless command -v java
  fi
  if [ "${1:-run}" = pages ]; then
    need chromium any_chromium
    need npm command -v npm
  fi
fi

[ -n "$missing" ] || exit 0
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  echo "Installing the system packages$missing …"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  # shellcheck disable=SC2086 # a list of packages
  apt-get install -y -qq --no-install-recommends $missing >/dev/null
else
  echo "Please install:$missing (Debian: sudo apt-get install --no-install-recommends$missing)" >&2
  exit 1
fi
