#!/usr/bin/env bash
# From an empty folder to the first order, as somebody outside does it, with the packed packages; prints the seconds it took.
set -euo pipefail
cd "$(dirname "$0")/.."
[ -d artifacts/packages ] || bash eng/pack.sh >/dev/null
repository=$PWD
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
sed "s|\.\./\.\./artifacts/packages|$repository/artifacts/packages|; s|\.\./\.\./artifacts/sample-packages|$folder/packages|" \
  "$repository/samples/Quickstart/nuget.config" > nuget.config

started=$(date +%s)
dotnet new console --name FirstOrder --output . --no-restore >/dev/null
dotnet add package OrderKernel --version 0.1.0 >/dev/null
cp "$repository/samples/Quickstart/Program.cs" Program.cs
dotnet run -v quiet
echo "empty folder to first order: $(($(date +%s) - started)) s"
