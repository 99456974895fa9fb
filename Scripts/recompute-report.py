#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reckons the numbers of a report again from the rows of its CSV, sharing nothing with the program that made it.

    plumb report --format csv > report.csv && plumb report --format json > report.json
    recompute-report.py report.csv report.json     # or report.html; exit code 1 and a line for each number that differs
"""
import collections, csv, json, re, sys
from fractions import Fraction

rows = collections.defaultdict(list)
csv.field_size_limit(1 << 30)
for row in csv.DictReader(open(sys.argv[1], newline="", encoding="utf-8")):
    rows[row["record"]].append(row)
found, figure, whole = rows["finding"], collections.Counter(), lambda text: int(text or 0)
figure["resources"], figure["gaps"] = sum(whole(r["resources"]) for r in rows["inventory"]), len(rows["gap"])
counts = lambda r: r["status"] == "Unhealthy" and not r["exemption"] and not r["twinOf"]
for r in found:
    word = r["status"][0].lower() + r["status"][1:]
    if r["status"] == "Unhealthy":
        word = "exempt" if r["exemption"] else "countedElsewhere" if r["twinOf"] else "unhealthy"
    figure[word] += 1
    if counts(r): figure["severity." + r["severity"]] += 1
    if counts(r) or r["status"] == "Healthy": figure[f"check.{r['checkId']}.{r['status'].lower()}"] += 1
    for name in [f"severity.{r['severity']}", f"account.{r['cloud']}/{r['account']}", f"control.{r['scoreControl']}"]:
        figure["risk." + name] += Fraction(whole(r["riskAdds"]), 10**6)
for r in rows["event"]: figure["event." + r["event"]] += 1
rounded = lambda share: Fraction(int(share * 100 + Fraction(1, 2)), 100)

# Secure score: a resource is as its checks in a control say together.
words, points, weigh = collections.defaultdict(set), {}, collections.defaultdict(set)
for r in found:
    if r["scoreControl"]:
        place, who = (r["cloud"], r["account"]), (r["resourceType"], r["resourceId"])
        words[place, r["scoreControl"], who].add("NotApplicable" if r["exemption"] else r["status"])
        points[r["scoreControl"]] = whole(r["scoreMax"])
tally = collections.defaultdict(collections.Counter)
for (place, control, who), said in words.items():
    state = next((s for s in ["Unhealthy", "Unknown", "Healthy"] if s in said), "NotApplicable").lower()
    tally[place, control][state] += 1
    if state != "notapplicable": figure[f"control.{control}.{state}"] += 1
    if state in ("healthy", "unhealthy") and points[control]: weigh[place].add(who)
total, weights = Fraction(0), 0
for place, who in weigh.items():
    judged = [(points[c], t) for (p, c), t in tally.items() if p == place and t["healthy"] + t["unhealthy"]]
    share = 100 * sum(Fraction(m * t["healthy"], t["healthy"] + t["unhealthy"]) for m, t in judged) / sum(m for m, _ in judged)
    figure["secure." + "/".join(place)], figure[f"secure.{'/'.join(place)}.weight"] = rounded(share), len(who)
    total, weights = total + share * len(who), weights + len(who)
if weights: figure["secure"] = rounded(total / weights)
for control, most in points.items():
    good, bad = figure[f"control.{control}.healthy"], figure[f"control.{control}.unhealthy"]
    if good + bad: figure[f"control.{control}.points"] = rounded(Fraction(most * good, good + bad))

# Risk score: points of faults, times exposure and data, at most 100, weighed by criticality; in whole millionths.
load = {}
for r in found:
    if r["scoreControl"] and not r["exemption"] and r["status"] in ("Healthy", "Unhealthy"):
        own = load.setdefault((r["resourceType"], r["resourceId"]), [0, 100, whole(r["dataPercent"]), whole(r["criticalityPercent"])])
        if r["status"] == "Unhealthy": own[0], own[1] = own[0] + whole(r["riskPoints"]), max(own[1], whole(r["exposurePercent"]))
if load:
    weighted, weights = sum(c * min(10**8, p * e * d * 100) for p, e, d, c in load.values()), sum(o[3] for o in load.values())
    figure["risk"] = Fraction((weighted + weights // 2) // weights, 10**6)

# Controls of frameworks.
said = collections.defaultdict(collections.Counter)
for r in found: said[r["checkId"]]["exempt" if r["status"] == "Unhealthy" and r["exemption"] else r["status"]] += 1
for r in rows["control"]:
    sums = sum((said[c] for c in r["checks"].split()), collections.Counter())
    state = ("failed" if sums["Unhealthy"] else "proved" if sums["Healthy"] and not sums["Unknown"]
             else "attested" if r["attested"].lower() == "true" else "unproved")
    figure[f"framework.{r['framework']}.{state}"] += 1
    figure[f"framework.{r['framework']}.controls"] += 1
for name, count in list(figure.items()):
    if name.startswith("framework.") and not name.endswith(".controls"):
        controls = figure[name.rsplit(".", 1)[0] + ".controls"]
        figure[name + "Percent"] = Fraction((2000 * count + controls) // (2 * controls), 10)

text = open(sys.argv[2], encoding="utf-8").read()
if text.lstrip().startswith("{"):
    shown = list(json.loads(text)["figures"].items())
else:
    shown = re.findall(r'<data data-figure="([^"]+)" value="([^"]+)">', text)
wrong = [(name, value, float(figure[name])) for name, value in shown if abs(float(value) - float(figure[name])) > 1e-9]
for name, value, ours in wrong[:50]: print(f"{name}: the report says {value}, its rows give {ours}")
print(f"{len(shown)} numbers, {len(wrong)} differ")
sys.exit(1 if wrong or not shown else 0)
