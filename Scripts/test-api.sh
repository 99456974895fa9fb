#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Holds the API against its own OpenAPI document: schemathesis makes requests of all kinds and looks for answers that the
# document does not allow, and for 5xx. The first argument is the program under test; further ones go to schemathesis.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$here"
PLUMB=$(realpath "${1:?the program under test}")
shift

folder=.venv-api
if ! cmp -s Scripts/clients/requirements-api.txt "$folder/requirements.txt" 2>/dev/null; then
  echo "== Installing schemathesis into $folder"
  rm -rf "$folder"
  python3 -m venv "$folder"
  "$folder/bin/pip" install --quiet --disable-pip-version-check -r Scripts/clients/requirements-api.txt
  cp Scripts/clients/requirements-api.txt "$folder/requirements.txt"
fi

data=$(mktemp -d)
server=
stop() {
  [[ -z $server ]] || kill "$server" 2>/dev/null || true
  rm -rf "$data"
}
trap stop EXIT

echo "== Filling a store with the demo estate"
"$PLUMB" demo --data "$data/store" > "$data/demo.log"
"$PLUMB" serve --port 0 --data "$data/store" --set password-cost=10 --set log-level=error \
  --set requests-per-minute=1000000 > "$data/serve.out" &
server=$!
for _ in $(seq 300); do
  [[ $(wc -l < "$data/serve.out") -ge 2 ]] && break
  sleep 0.2
done
base=$(head -1 "$data/serve.out")
token=$(python3 - "$base" "$(tail -1 "$data/serve.out" | awk '{print $NF}')" <<'PYTHON'
import json, sys, urllib.request

base, setup = sys.argv[1:]


def post(path, body, **headers):
    request = urllib.request.Request(base + path, json.dumps(body).encode(), {"Content-Type": "application/json", **headers})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer), answer.headers.get_all("set-cookie") or []


made, cookies = post("/api/v1/setup", {"token": setup, "name": "ada", "password": "correct horse battery"})
cookie = "; ".join(cookie.split(";")[0] for cookie in cookies)
permissions = [p for p in made["permissions"]]
token, _ = post("/api/v1/tokens", {"name": "schemathesis", "permissions": permissions},
                **{"Cookie": cookie, "x-csrf-token": made["csrf"]})
print(token["secret"])
PYTHON
)

# What ends the test's own session or needs a person's password is left out; what is semantic beyond a schema (a check
# that must be there, a time that must be ahead) may be refused although the schema allows it.
cd "$data"  # What it keeps of a run goes with the store.
"$here/$folder/bin/schemathesis" run "$base/api/v1/openapi.json" \
  --header "Authorization: Bearer $token" --checks all --exclude-checks positive_data_acceptance \
  --exclude-path-regex '/(setup|session|session/password|tokens|tokens/\{id\}|users.*)$' \
  --max-examples 20 --request-timeout 120 --max-response-time 120 --suppress-health-check all --generation-deterministic "$@"
