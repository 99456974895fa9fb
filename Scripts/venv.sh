#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Makes .venv with the tests' peers (Scripts/requirements.txt), and makes it again when that file changes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Test suites that run side by side ask for it at once: one makes it, the others wait.
exec 9< Scripts/requirements.txt
flock 9

stamp=.venv/requirements.txt
if ! cmp -s Scripts/requirements.txt "$stamp" 2>/dev/null; then
  echo "== Installing the tests' peers into .venv (moto, an AWS API server, and the clouds' client libraries)"
  rm -rf .venv
  python3 -m venv .venv
  .venv/bin/pip install --quiet --disable-pip-version-check -r Scripts/requirements.txt
  cp Scripts/requirements.txt "$stamp"
fi
