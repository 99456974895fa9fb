#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The main job on a small planted estate: collect, store, judge, report, query. Called by `make demo`.
#   demo.sh PLUMB      runs it on a server of its own, which is stopped at the end
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
plumb=$1

if [ "${2:-}" != inside ]; then
  echo "== Starting an AWS API server (moto) on a free loopback port"
  exec .venv/bin/python Scripts/moto.py run bash Scripts/demo.sh "$plumb" inside
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export AWS_ACCESS_KEY_ID=AKIADEMO AWS_SECRET_ACCESS_KEY=demo AWS_REGION=eu-west-1 PLUMB_DATA=$work/data
regions=eu-west-1,us-east-1

echo "== Planting an estate of about 150 resources with good and bad variants"
.venv/bin/python Scripts/plant_estate.py --endpoint "$AWS_ENDPOINT_URL" --resources 150 --regions $regions --seed 7 \
  --manifest "$work/planted.json" > "$work/planting.log" || { cat "$work/planting.log"; exit 1; }

echo "== plumb scan aws --regions $regions"
"$plumb" scan aws --regions $regions || code=$?
# 3: the server does not know every call; those are coverage gaps, and what depends on them is Unknown.
[ "${code:-0}" = 0 ] || [ "${code:-0}" = 3 ] || exit "$code"

ask() { echo; echo "== plumb query \"$1\""; "$plumb" query "$1"; }
ask "resources | summarize resources = count() by type | top 8 by resources"
ask "Findings | where status == 'Unhealthy' | summarize findings = count() by severity, checkId | sort by findings desc | take 8"
ask "resources | where type == 'aws::ec2::securitygroup' | mv-expand rule = properties.SecurityGroupIngress | where rule.CidrIp == '0.0.0.0/0' | project name, location, from = rule.FromPort, to = rule.ToPort | take 8"
