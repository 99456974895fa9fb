#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Walks every page of the dashboard over the demo estate in Chromium; see Scripts/pages/walk.py.
#   Scripts/test-pages.sh .build/debug/plumb [FOLDER FOR PICTURES]
set -euo pipefail
cd "$(dirname "$0")/.."

plumb=$1
pictures=${2:-.build/pages}
command -v chromium >/dev/null || { echo "Chromium is needed: apt-get install chromium" >&2; exit 2; }
venv=.build/pages-venv
[[ -x $venv/bin/python ]] || python3 -m venv "$venv"
"$venv/bin/python" -c 'import playwright' 2>/dev/null || "$venv/bin/pip" install -q playwright

work=$(mktemp -d)
server=
trap '[[ -z $server ]] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
echo "== Scanning the demo estate"
"$plumb" demo --data "$work/data" >"$work/demo.log" </dev/null
"$plumb" serve --data "$work/data" --port 0 >"$work/serve.log" 2>"$work/serve.err" &
server=$!
for _ in $(seq 600); do
  token=$(sed -n 's/^Nobody can sign in yet.* with: //p' "$work/serve.log")
  [[ -z $token ]] || break
  kill -0 "$server" 2>/dev/null || { cat "$work/serve.err" >&2; exit 1; }
  sleep 0.1
done
base=$(sed -n 's/^\(http[^ ]*\)$/\1/p' "$work/serve.log" | head -1)
echo "== Walking the pages of $base"
"$venv/bin/python" Scripts/pages/walk.py --base "$base" --token "$token" --pictures "$pictures" --chromium "$(command -v chromium)"
