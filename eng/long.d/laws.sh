#!/usr/bin/env bash
# Every property with 25 times its cases, each time other ones. About half an hour.
set -euo pipefail
cd "$(dirname "$0")/../.."
for project in Tests Lifecycles.Tests Promising.Tests Sourcing.Tests Csv.Tests Sql.Tests; do
  ORDERKERNEL_CASES="${ORDERKERNEL_CASES:-25}" eng/postgres.sh dotnet test "tests/OrderKernel.$project" -c Release --no-build --nologo
done
