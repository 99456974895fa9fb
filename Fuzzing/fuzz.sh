#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Fuzzes the language or the files of tables with libFuzzer, on one core, from a corpus of our own examples.
#
#   Fuzzing/fuzz.sh query [seconds]     lexer, parser and binder; PLUMB_FUZZ_RUN=1 runs what binds too
#   Fuzzing/fuzz.sh extent [seconds]    the reader of extents
#   Fuzzing/fuzz.sh terraform [seconds] HCL, its JSON form, templates, plans and states; PLUMB_FUZZ_RUN=1 evaluates the code
#
# An input that crashes, takes more than a second or 2 GB is kept in Fuzzing/.build/found; make a test of it.
set -euo pipefail
cd "$(dirname "$0")"
what=${1:-query}
seconds=${2:-600}
case $what in
query) target=FuzzQuery ;;
extent) target=FuzzExtent ;;
terraform) target=FuzzTerraform ;;
*) echo "usage: fuzz.sh query|extent|terraform [seconds]" >&2 && exit 2 ;;
esac
swift build -c release --product "$target" ${PLUMB_FUZZ_BUILD:+--scratch-path "$PLUMB_FUZZ_BUILD"}
build=${PLUMB_FUZZ_BUILD:-.build}
corpus=$build/corpus/$what
mkdir -p "$corpus" "$build/found"
case $what in
query | terraform) python3 seeds.py "$corpus" "$what" ;;
extent) "$build/release/$target" --seeds "$corpus" ;;
esac
# Memory that the runtime keeps for types and caches is no leak.
export ASAN_OPTIONS=detect_leaks=0
exec "$build/release/$target" -max_total_time="$seconds" -timeout=1 -rss_limit_mb=2048 -max_len=65536 \
  -artifact_prefix="$build/found/" "$corpus"
