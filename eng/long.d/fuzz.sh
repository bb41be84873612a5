#!/usr/bin/env bash
# A million inputs each of DMN and FEEL (expressions, values that share their parts, files, JSON), CSV with quotes, command JSON, and
# packs with every kind of definition: no exception escapes, none takes 250 ms or 64 MB per 64 KB of input.
set -euo pipefail
cd "$(dirname "$0")/../.."
for project in Dmn.Tests Csv.Tests Tests Definitions.Tests; do
  ORDERKERNEL_FUZZ="${ORDERKERNEL_FUZZ:-1000000}" dotnet test "tests/OrderKernel.$project" -c Release --no-build --nologo \
    --filter "FullyQualifiedName~FuzzTests" --logger "console;verbosity=normal"
done
