#!/usr/bin/env bash
# The quickstart as a trimmed and as a native program, from packages of this tree, with every warning an error. Native needs clang.
set -euo pipefail
cd "$(dirname "$0")/../.."
bash eng/pack.sh >/dev/null
bash eng/aot.sh both
