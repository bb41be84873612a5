#!/usr/bin/env bash
# The long runs: what eng/test.sh does in small, at length. Each ends with a line of figures.
set -euo pipefail
cd "$(dirname "$0")/.."
kills=${ORDERKERNEL_KILLS:-60}
dotnet build OrderKernel.sln -c Release --nologo -v quiet
echo "== kill -9 of the writing process, $kills times"
ORDERKERNEL_KILLS=$kills dotnet test tests/OrderKernel.Sql.Tests/OrderKernel.Sql.Tests.csproj -c Release --no-build --nologo --filter FullyQualifiedName~CrashTests
for part in eng/long.d/*.sh; do
  [ -e "$part" ] || continue
  echo "== $part"
  bash "$part"
done
