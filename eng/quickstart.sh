#!/usr/bin/env bash
# From an empty folder to the first order, as somebody outside does it, with the packed packages; prints the seconds it took.
# "eng/quickstart.sh web" does it with the web sample: empty folder to the first order over HTTP.
set -euo pipefail
cd "$(dirname "$0")/.."
kind=${1:-console}
case $kind in
  console) sample=Quickstart ;;
  web) sample=WebHost ;;
  *) echo "Usage: eng/quickstart.sh [console|web]" >&2; exit 2 ;;
esac
[ -d artifacts/packages ] || bash eng/pack.sh >/dev/null
repository=$PWD
source=$repository/samples/$sample
folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$folder"' EXIT
cd "$folder"
sed "s|\.\./\.\./artifacts/packages|$repository/artifacts/packages|; s|\.\./\.\./artifacts/sample-packages|$folder/packages|" \
  "$source/nuget.config" > nuget.config

started=$(date +%s)
dotnet new "$kind" --name "$sample" --output . --no-restore >/dev/null
sed -n 's/.*PackageReference Include="\([^"]*\)" Version="\([^"]*\)".*/\1 \2/p' "$source/$sample.csproj" | while read -r package version; do
  dotnet add package "$package" --version "$version" --no-restore >/dev/null
done
cp "$source"/*.cs .
if [ "$kind" = console ]; then
  dotnet run -v quiet
else
  dotnet build -v quiet --nologo >/dev/null
  dotnet "bin/Debug/net10.0/$sample.dll" --urls http://127.0.0.1:0 >log 2>&1 &
  server=$!
  for _ in $(seq 300); do
    address=$(sed -n 's/.*Now listening on: //p' log)
    [ -z "$address" ] || break
    sleep 0.1
  done
  curl --silent --show-error --fail-with-body "$address/orders" -H "Idempotency-Key: first" -H "Content-Type: application/json" -d \
    '{"order":"SO-1","customer":"HOSPITAL-7","reference":"PO-1","note":"","lines":[{"line":1,"sku":"STENT-3.0","quantity":5}]}'
  echo
fi
echo "empty folder to first order ($kind): $(($(date +%s) - started)) s"
