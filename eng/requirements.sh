#!/usr/bin/env bash
# Prints the requirement rows that passing tests of the last run of eng/test.sh cover: Req = the whole row, ReqPart = a part.
set -euo pipefail
cd "$(dirname "$0")/.."
if ! ls artifacts/test-results/*.trx >/dev/null 2>&1; then
  echo "There is no test run yet: run eng/test.sh first." >&2
  exit 1
fi
dotnet build eng/Requirements/Requirements.csproj -c Release --nologo -v quiet >&2
dotnet artifacts/bin/Requirements/release/Requirements.dll artifacts/test-results
