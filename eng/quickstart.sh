#!/usr/bin/env bash
# From an empty folder to the first order, as somebody outside does it, with the packed packages; prints the seconds it took.
#   eng/quickstart.sh              the twelve lines of samples/Quickstart
#   eng/quickstart.sh page [PAGE]  follows docs/getting-started.md (or the page given) as it is printed
#   eng/quickstart.sh web          samples/WebHost, up to the first order over HTTP
set -euo pipefail
cd "$(dirname "$0")/.."
kind=${1:-console}
repository=$PWD
case $kind in
  console) sample=Quickstart ;;
  web) sample=WebHost ;;
  page) page=$repository/${2:-docs/getting-started.md} ;;
  *) echo "Usage: eng/quickstart.sh [console|page [PAGE]|web]" >&2; exit 2 ;;
esac
[ -d artifacts/packages ] || bash eng/pack.sh >/dev/null
folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$folder"' EXIT
cd "$folder"

# The first block of a language in the page.
block() { awk -v open="^\`\`\`$1\$" '$0 ~ open {on=1; next} /^```$/ {if (on) exit} on' "$page"; }

follow_page() {
  ln -s "$repository" orderkernel
  mkdir first-order
  cd first-order
  block xml > nuget.config
  block bash > commands
  bash -e commands >/dev/null
  block csharp > Program.cs
  dotnet run -v quiet
  dotnet run -v quiet --no-build > again
  cmp <(block text) again || { echo "The second run printed something else than the page." >&2; exit 1; }
}

copy_sample() {
  source=$repository/samples/$sample
  sed "s|\.\./\.\./artifacts/packages|$repository/artifacts/packages|; s|\.\./\.\./artifacts/sample-packages|$folder/packages|" \
    "$source/nuget.config" > nuget.config
  dotnet new "$kind" --name "$sample" --output . --no-restore >/dev/null
  sed -n 's/.*PackageReference Include="\([^"]*\)" Version="\([^"]*\)".*/\1 \2/p' "$source/$sample.csproj" | while read -r package version; do
    dotnet add package "$package" --version "$version" --no-restore >/dev/null
  done
  cp "$source"/*.cs .
}

serve() {
  dotnet build -v quiet --nologo >/dev/null
  dotnet "bin/Debug/net10.0/$sample.dll" --urls http://127.0.0.1:0 >log 2>&1 &
  server=$!
  for _ in $(seq 300); do
    address=$(sed -n 's/.*Now listening on: //p' log)
    [ -z "$address" ] || break
    sleep 0.1
  done
  curl --silent --show-error --fail-with-body "$address/orders" \
    -H "X-Actor: clerk-7" -H "Idempotency-Key: first" -H "Content-Type: application/json" -d \
    '{"order":"SO-1","customer":"HOSPITAL-7","reference":"PO-1","note":"","lines":[{"line":1,"sku":"STENT-3.0","quantity":5}]}'
  echo
}

started=$(date +%s)
case $kind in
  page) follow_page ;;
  console) copy_sample; dotnet run -v quiet ;;
  web) copy_sample; serve ;;
esac
echo "empty folder to first order ($kind): $(($(date +%s) - started)) s"
