#!/usr/bin/env bash
# Restores, builds and tests everything. Ends with "N passed, N failed, N skipped"; exit code 1 when something failed.
# Tests that need PostgreSQL or RabbitMQ get private servers (eng/postgres.sh, eng/rabbitmq.sh), which are removed afterwards.
set -uo pipefail
cd "$(dirname "$0")/.."
if [ -z "${ORDERKERNEL_POSTGRES:-}" ] && [ -z "${ORDERKERNEL_INSIDE:-}" ]; then
  ORDERKERNEL_INSIDE=1 exec bash eng/postgres.sh bash "$PWD/eng/test.sh" "$@"
fi

# One compiler for all projects, those that tests build among them, instead of one that starts anew for each.
export UseSharedCompilation=true
broker=
leave() {
  dotnet build-server shutdown --vbcscompiler >/dev/null 2>&1
  [ -z "$broker" ] || bash eng/rabbitmq.sh stop "$broker"
}
trap leave EXIT

if [ -z "${ORDERKERNEL_RABBITMQ:-}" ]; then
  broker=$(mktemp -d)
  if bash eng/rabbitmq.sh install && bash eng/rabbitmq.sh start "$broker" >/dev/null; then
    export ORDERKERNEL_RABBITMQ=$broker
  else
    echo "There is no RabbitMQ here; tests that need it are skipped." >&2
  fi
fi
results=artifacts/test-results
rm -rf "$results"
mkdir -p "$results"

dotnet restore OrderKernel.sln --locked-mode || exit 1
dotnet build OrderKernel.sln -c Release --no-restore -nodeReuse:false || exit 1

# The crash tests and the laws over databases and brokers want the machine to themselves. Before them, what waits for the compiler and for
# terminals goes beside what computes; its words are printed when it has ended.
alone="OrderKernel.RabbitMq.Tests OrderKernel.Sql.Tests"
beside="OrderHub.Tests OrderKernel.Embedding.Tests"
first=$(ls tests/*/*.csproj | xargs -n 1 basename -s .csproj | grep -vxE "$(tr ' ' '|' <<<"$alone $beside")")
test_all() {
  for name in "$@"; do
    echo "== $name"
    dotnet test "tests/$name/$name.csproj" -c Release --no-build --nologo --logger "trx;LogFileName=$name.trx" \
      --results-directory "$results" || touch "$results/failed"
  done
}
test_all $beside > "$results/beside.log" 2>&1 &
test_all $first
wait $!
cat "$results/beside.log"
test_all $alone
status=0
[ ! -e "$results/failed" ] || status=1

count() { cat "$results"/*.trx 2>/dev/null | grep -o "<UnitTestResult [^>]*outcome=\"$1\"" | wc -l; }
passed=$(count Passed)
failed=$(count Failed)
skipped=$(count NotExecuted)
if [ "$skipped" -gt 0 ]; then
  echo "Skipped:"
  cat "$results"/*.trx | grep -o '<UnitTestResult [^>]*outcome="NotExecuted"' | sed 's/.*testName="\([^"]*\)".*/  \1/' | sort
fi
if [ -n "${ORDERKERNEL_NO_SERVER_SKIPS:-}" ] && cat "$results"/*.trx | grep -qE 'No PostgreSQL server|No RabbitMQ'; then
  echo "Tests were skipped for want of PostgreSQL or RabbitMQ, which must not be here."
  status=1
fi
[ "$passed" -gt 0 ] || status=1
[ "$failed" -eq 0 ] && [ "$status" -ne 0 ] && failed=1 && echo "A test project ended without reporting all its tests; see above."
echo "$passed passed, $failed failed, $skipped skipped"
exit "$status"
