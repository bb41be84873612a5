#!/usr/bin/env bash
# Packs the tracked files of this tree in two other folders and compares the packages byte by byte; prints their hashes.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for copy in one another/and/deeper; do
  mkdir -p "$folder/$copy"
  git ls-files -z | tar --null --files-from=- -cf - | tar -xf - -C "$folder/$copy"
  (cd "$folder/$copy" && bash eng/pack.sh >/dev/null && cd artifacts/packages && sha256sum -- *) > "$folder/$(basename "$copy").sha256"
done
cat "$folder/one.sha256"
if ! diff "$folder/one.sha256" "$folder/deeper.sha256"; then
  echo "The two builds differ." >&2
  exit 1
fi
echo "$(wc -l < "$folder/one.sha256") files, byte-identical from two folders"
