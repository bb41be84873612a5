#!/usr/bin/env bash
# Packs every shipped project into artifacts/packages: nupkg, snupkg and the CycloneDX bill of materials, and checks the licences.
# The same tree packs to the same bytes anywhere; eng/reproduce.sh proves it.
set -euo pipefail
cd "$(dirname "$0")/.."
out=${1:-artifacts/packages}

# Zip entries need a date; it says nothing, so it is always the same.
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-1767225600}

rm -rf "$out"
mkdir -p "$out"
dotnet restore OrderKernel.sln --locked-mode -v quiet
find src -name '*.csproj' | LC_ALL=C sort | while read -r project; do
  dotnet pack "$project" -c Release --no-restore --nologo -v quiet -nodeReuse:false ${PACK_FLAGS:-} -o "$out"
done
dotnet run --project eng/Packages -c Release --no-restore -v quiet -- licences
dotnet run --project eng/Packages -c Release --no-restore -v quiet --no-build -- sbom "$out/orderkernel.cdx.json"
ls -1 "$out"
