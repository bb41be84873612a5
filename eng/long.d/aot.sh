#!/usr/bin/env bash
# The quickstart as a trimmed and as a native program, from the packed packages, with every warning an error. Native needs clang.
exec bash "$(dirname "$0")/../aot.sh" both
