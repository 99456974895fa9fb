#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Tries the twin with the clients that are too large for the tests: azure-cli and msgraph-sdk. Each has a virtual
# environment of its own, made anew when its requirements change. The first argument is the program under test.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
PLUMB=$(realpath "${1:?the program under test}")
export PLUMB PYTHONDONTWRITEBYTECODE=1

environment() { # NAME: makes .venv-NAME
  local folder=.venv-$1 requirements=Scripts/clients/requirements-$1.txt
  if ! cmp -s "$requirements" "$folder/requirements.txt" 2>/dev/null; then
    echo "== Installing $(grep -v '^#' "$requirements" | tr '\n' ' ')into $folder"
    rm -rf "$folder"
    python3 -m venv "$folder"
    "$folder/bin/pip" install --quiet --disable-pip-version-check -r "$requirements"
    cp "$requirements" "$folder/requirements.txt"
  fi
}

try() { # NAME WORDS: runs test_NAME.py in .venv-NAME
  environment "$1"
  echo "== Trying the twin with $2"
  ".venv-$1/bin/python" -W ignore -m unittest discover --verbose \
    --start-directory Scripts/clients --pattern "test_$1.py" || failed+=("$2")
}

failed=()
export AZ=$PWD/.venv-cli/bin/az
try cli azure-cli
try graph msgraph-sdk
if ((${#failed[@]})); then
  echo "== Failed with: ${failed[*]}" >&2
  exit 1
fi
echo "== The twin does what azure-cli and msgraph-sdk ask"
