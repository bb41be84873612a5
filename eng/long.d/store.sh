#!/usr/bin/env bash
# The store at length: pairs of faults at every call of thirty scenarios, many kills of clients and of the server, and many more writers'
# attempts. About an hour; each part ends with its figures.
set -euo pipefail
cd "$(dirname "$0")/../.."
ORDERKERNEL_FAULT_PAIRS=1 ORDERKERNEL_KILLS="${ORDERKERNEL_KILLS:-60}" ORDERKERNEL_ATTEMPTS="${ORDERKERNEL_ATTEMPTS:-800}" \
  eng/postgres.sh dotnet test tests/OrderKernel.Sql.Tests -c Release --logger "console;verbosity=normal" \
  --filter "FullyQualifiedName~FaultSweep|FullyQualifiedName~PostgresKill|FullyQualifiedName~Oversell"
