#!/usr/bin/env bash
# Publishes the quickstart trimmed (net10.0) and as a native program (net9.0 over the netstandard2.0 asset) from the packed packages,
# with every warning an error, and runs both. "eng/aot.sh trimmed" or "eng/aot.sh native" does one; native needs clang.
set -euo pipefail
cd "$(dirname "$0")/.."
[ -d artifacts/packages ] || bash eng/pack.sh >/dev/null
rid=$(dotnet --info | sed -n 's/^ *RID: *//p' | head -1)
rm -rf artifacts/sample-packages/orderkernel*

publish() {
  local project=$1 out=artifacts/aot/$1
  rm -rf "$out"
  dotnet publish "eng/aot/$project/$project.csproj" -c Release -r "$rid" -o "$out" --nologo -v quiet -nodeReuse:false
  "$out/quickstart" | tee "$out.txt"
  grep -q "SO-1: accepted" "$out.txt" && grep -q "command.not_positive" "$out.txt"
  echo "$project: $(du -sh "$out" | cut -f1), no warnings"
}

case ${1:-both} in
  trimmed) publish Trimmed ;;
  native) publish Native ;;
  both) publish Trimmed; publish Native ;;
  *) echo "Usage: eng/aot.sh [trimmed|native|both]" >&2; exit 2 ;;
esac
