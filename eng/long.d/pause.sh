#!/usr/bin/env bash
# Two hosts on PostgreSQL, one of which is stopped 300 times wherever it is just then; and a wire that is cut at every answer.
# About fifteen minutes; ends with what the pauses hit and how long the other host waited.
set -euo pipefail
cd "$(dirname "$0")/../.."
ORDERKERNEL_PAUSES="${ORDERKERNEL_PAUSES:-300}" \
  eng/postgres.sh dotnet test tests/OrderKernel.Sql.Tests -c Release --logger "console;verbosity=detailed" \
  --filter "FullyQualifiedName~PausedProcess|FullyQualifiedName~PostgresPause"
