#!/usr/bin/env bash
# A PostgreSQL server's programs for the tests of the team's store: through apt-get where that is allowed, else one line.
# Nothing is started here: the tests start a throw-away server of their own (tests/ledger/server.py).
set -u
for place in $(command -v initdb) /usr/lib/postgresql/*/bin/initdb /usr/local/pgsql/bin/initdb; do [ -x "$place" ] && exit 0; done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "installing PostgreSQL for the tests of the team's store"
  (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql) >/dev/null 2>&1
  for place in /usr/lib/postgresql/*/bin/initdb; do [ -x "$place" ] && exit 0; done
fi
echo "no PostgreSQL server here: the tests of the team's store are skipped, or fail where CI is set"
