#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs the system packages that building and testing need, and only those that are missing.
set -euo pipefail

missing=()
need() { dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q 'ok installed' || missing+=("$1"); }

if ! command -v swift >/dev/null; then
  echo "Swift 6.3 is needed and was not found. Install it from https://www.swift.org/install/linux/ and run this again." >&2
  exit 2
fi
if ! command -v dpkg-query >/dev/null; then
  echo "== Not a Debian system: make sure that SQLite and zlib headers and Python 3 with venv are installed"
  exit 0
fi
need libsqlite3-dev
need zlib1g-dev
need ca-certificates
# A Python that was not installed from packages brings its own venv.
python3 -c 'import venv, ensurepip' 2>/dev/null || missing+=(python3 python3-venv)

if ((${#missing[@]})); then
  echo "== Installing system packages: ${missing[*]}"
  sudo=(); ((EUID == 0)) || sudo=(sudo)
  "${sudo[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${sudo[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}"
fi
