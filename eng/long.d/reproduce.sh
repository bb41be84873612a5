#!/usr/bin/env bash
# Two builds in two folders give the same packages.
exec bash "$(dirname "$0")/../reproduce.sh"
