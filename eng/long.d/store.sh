#!/usr/bin/env bash
# The store at length: single faults at every call of every flow on PostgreSQL too, pairs of faults, many kills of clients and of the
# server, and 50,000 attempts of sixteen writers on each database. About an hour; each part ends with its figures.
set -euo pipefail
cd "$(dirname "$0")/../.."
ORDERKERNEL_FAULT_PAIRS=1 ORDERKERNEL_KILLS="${ORDERKERNEL_KILLS:-60}" ORDERKERNEL_ATTEMPTS="${ORDERKERNEL_ATTEMPTS:-3125}" \
  eng/postgres.sh dotnet test tests/OrderKernel.Sql.Tests -c Release --logger "console;verbosity=detailed" \
  --filter "FullyQualifiedName~FaultSweep|FullyQualifiedName~PostgresKill|FullyQualifiedName~Oversell"
