#!/usr/bin/env bash
# The scms file once and five times as large, each on SQLite: what a run holds on to must not grow with its rows. Ends with the figures.
set -euo pipefail
cd "$(dirname "$0")/../.."
source=../shared/data/scms-delivery/SCMS_Delivery_History_Dataset.csv
if [ ! -e "$source" ]; then
  echo "Skipped: $source is not here."
  exit 0
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
large=$folder/$(basename "$source")
cp "$source" "$large"
for copy in 1 2 3 4; do
  tail -n +2 "$source" | sed "s/^\([0-9]*\),/\1-$copy,/" >> "$large"
done
dotnet build samples/OrderHub -c Release --nologo -v quiet
run() { dotnet artifacts/bin/OrderHub/release/OrderHub.dll --profile scms --in "$1" --json --db "$folder/$2.db" 2>/dev/null; }
figure() { sed "s/.*\"$1\":\([0-9.]*\).*/\1/"; }
once=$(run "$source" once)
five=$(run "$large" five)
echo "once:       $once"
echo "five times: $five"
awk -v once="$(figure heapMiB <<<"$once")" -v five="$(figure heapMiB <<<"$five")" -v seconds="$(figure seconds <<<"$once")" \
  'BEGIN { printf "heap %.1f MiB once, %.1f MiB five times; %.1f s once\n", once, five, seconds; exit five > 1.5 * once || seconds > 60 }'
