#!/usr/bin/env bash
# Empty folder to first order, on the console and over HTTP, each timed.
set -euo pipefail
cd "$(dirname "$0")/../.."
bash eng/quickstart.sh console
bash eng/quickstart.sh web
