#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the derived links of Content/frameworks/*.yaml: which check is evidence for which control, and why.

A link comes from a check's own `controls:` entry, or from its `sameAs`: a tool's check of the same intent that a public
map places under the control. All sources count; where several say the same, the trace names the first of
`prowler:ID`, `azurepolicy:GUID`, `check`. ISO/IEC 27001:2013 takes what its successor has as well. Titles, groups, `add`, `drop` and `manual` of the files are left as they are: they are
written by hand. A control with `manual: true` takes no derived link.

The maps (prowler_maps.json and azure_policy_sets.json) are not part of this repository; --maps names their folder.
"""
import argparse
import json
import pathlib
import re
import sys

import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent
FRAMEWORKS = ROOT / "Content/frameworks"

# CSF 1.1 ids, which the maps still use beside those of 2.0, and their successors.
CSF = {
    "ac_1": "PR.AA-01", "ac_3": "PR.AA-05", "ac_4": "PR.AA-05", "ac_5": "PR.IR-01", "ac_6": "PR.AA-05",
    "ac_7": "PR.AA-03", "ds_1": "PR.DS-01", "ds_2": "PR.DS-02", "ds_4": "PR.IR-04", "ip_4": "PR.DS-11",
    "ip_1": "PR.PS-01", "ip_3": "PR.PS-01", "ip_12": "ID.RA-01", "pt_1": "PR.PS-04", "pt_3": "PR.PS-01",
    "pt_4": "PR.IR-01", "pt_5": "PR.IR-03", "ae_2": "DE.AE-02", "ae_3": "DE.AE-03", "cm_1": "DE.CM-01",
    "cm_3": "DE.CM-03", "cm_4": "DE.CM-09", "cm_5": "DE.CM-09", "cm_6": "DE.CM-06", "cm_7": "DE.CM-01",
    "dp_4": "DE.AE-06", "am_1": "ID.AM-01", "am_2": "ID.AM-02", "am_3": "ID.AM-03", "am_5": "ID.AM-05",
    "ra_1": "ID.RA-01", "ra_2": "ID.RA-02", "ra_3": "ID.RA-03", "ra_5": "ID.RA-05",
}

# Controls of ISO/IEC 27001:2013 and those of 2022 that took their place, where one did so whole.
ISO_2022 = {
    "A.6.1.2": "A.5.3", "A.8.1.1": "A.5.9", "A.8.2.1": "A.5.12", "A.8.2.2": "A.5.13", "A.9.1.1": "A.5.15",
    "A.9.1.2": "A.5.15", "A.9.2.1": "A.5.16", "A.9.2.2": "A.5.18", "A.9.2.3": "A.8.2", "A.9.2.4": "A.5.17",
    "A.9.2.5": "A.5.18", "A.9.2.6": "A.5.18", "A.9.3.1": "A.5.17", "A.9.4.1": "A.8.3", "A.9.4.2": "A.8.5",
    "A.9.4.3": "A.5.17", "A.9.4.4": "A.8.18", "A.9.4.5": "A.8.4", "A.10.1.1": "A.8.24", "A.10.1.2": "A.8.24",
    "A.12.1.2": "A.8.32", "A.12.1.3": "A.8.6", "A.12.1.4": "A.8.31", "A.12.2.1": "A.8.7", "A.12.3.1": "A.8.13",
    "A.12.4.1": "A.8.15", "A.12.4.2": "A.8.15", "A.12.4.3": "A.8.15", "A.12.4.4": "A.8.17", "A.12.5.1": "A.8.19",
    "A.12.6.1": "A.8.8", "A.12.6.2": "A.8.19", "A.13.1.1": "A.8.20", "A.13.1.2": "A.8.21", "A.13.1.3": "A.8.22",
    "A.13.2.1": "A.5.14", "A.14.1.2": "A.8.26", "A.14.1.3": "A.8.26", "A.14.2.1": "A.8.25", "A.14.2.2": "A.8.32",
    "A.14.2.5": "A.8.27", "A.17.2.1": "A.8.14", "A.18.1.3": "A.5.33", "A.18.1.4": "A.5.34", "A.18.1.5": "A.5.31",
}


def same(control):
    return control


def nist(control):
    """ac_2_3_a and AC-2(3) alike: the letter names a part of the statement, not a control."""
    if "_" not in control:
        return control.upper()
    family, number, *rest = control.split("_")
    enhancement = f"({rest[0]})" if rest and rest[0].isdigit() else ""
    return f"{family.upper()}-{number}{enhancement}"


def pci(control):
    """The maps number the checks below a requirement: 1.2.5.12 is the twelfth of 1.2.5."""
    return control.rsplit(".", 1)[0]


def hipaa(control):
    if not re.match(r"164_", control):
        return control
    _, section, *rest = control.split("_")
    if len(rest) == 4:
        rest[3] = rest[3].upper()
    return f"164.{section}" + "".join(f"({part})" for part in rest)


def soc2(control):
    match = re.fullmatch(r"(?:cc_)?(a|c|cc|pi|p)_(\d)_(\d)", control)
    return f"{match[1].upper()}{match[2]}.{match[3]}" if match else control


def csf(control):
    return CSF.get(control) or re.sub(r"^([A-Z.]+)_", r"\1-", control)


def dora(control):
    return control.replace("DORA-", "")


def gdpr(control):
    return re.sub(r"^(article_)?(\d+)$", r"Art\2", control)


def cloud_maps(pattern, clouds=("aws", "azure", "gcp")):
    return [f"{cloud}/{pattern.format(cloud)}" for cloud in clouds]


# id: files of prowler_maps.json, names of sets in azure_policy_sets.json, what turns their ids into ours.
SOURCES = {
    "cis_aws_6.0": (["aws/cis_6.0_aws.json"], [], same),
    "cis_aws_7.0": (["aws/cis_7.0_aws.json"], [], same),
    "cis_azure_2.0": (["azure/cis_2.0_azure.json"], ["CIS Microsoft Azure Foundations Benchmark v2.0.0"], same),
    "cis_azure_3.0": (["azure/cis_3.0_azure.json"], ["CIS Azure Foundations v3.0.0"], same),
    "cis_azure_6.0": (["azure/cis_6.0_azure.json"], [], same),
    "cis_gcp_4.0": (["gcp/cis_4.0_gcp.json"], [], same),
    "cis_gcp_5.0": (["gcp/cis_5.0_gcp.json"], [], same),
    "cis_controls_8.1": (["cis_controls_8.1.json"], [], same),
    "mcsb": ([], ["Microsoft cloud security benchmark"], same),
    "nist_800_53_r5": (["aws/nist_800_53_revision_5_aws.json"], ["NIST SP 800-53 Rev. 5"], nist),
    "nist_csf_2.0": (["aws/nist_csf_2.0_aws.json"], ["NIST CSF v2.0"], csf),
    "iso27001_2013": ([], ["ISO 27001:2013"], same),
    "iso27001_2022": (cloud_maps("iso27001_2022_{}.json"), [], same),
    "pci_4.0.1": (cloud_maps("pci_4.0_{}.json"), [], pci),
    "hipaa": (cloud_maps("hipaa_{}.json"), [], hipaa),
    "soc2": (cloud_maps("soc2_{}.json"), ["SOC 2 Type 2"], soc2),
    "gdpr": (["aws/gdpr_aws.json"], ["EU General Data Protection Regulation (GDPR) 2016/679"], gdpr),
    "nis2": (cloud_maps("nis2_{}.json"), [], same),
    "dora": (["dora_2022_2554.json"], [], dora),
}

HEAD = """# SPDX-License-Identifier: Apache-2.0
# `checks` is written by Scripts/framework-links.py; all else by hand.
"""


def read_checks():
    checks = {}
    for path in sorted((ROOT / "Content/checks").rglob("*.yaml")):
        check = yaml.load(path.read_text(), yaml.CSafeLoader)
        checks[check["id"]] = check
    return checks


def derive(framework, checks, prowler, policies):
    """Links by control id: {check: trace}."""
    files, sets, normal = SOURCES[framework["id"]]
    twins = {}
    for name, check in checks.items():
        if check["maturity"] == "deprecated":
            continue
        for twin in check.get("sameAs", []):
            twins.setdefault(twin, []).append(name)
    links = {}

    def link(control, check, trace):
        links.setdefault(control, {}).setdefault(check, trace)

    for source in prowler["frameworks"]:
        if source["file"] not in files:
            continue
        for control, _, providers in source["controls"]:
            for provider, indexes in providers.items():
                for index in indexes:
                    twin = prowler["checks"][provider][index]
                    for name in twins.get(f"prowler:{twin}", []):
                        if name.split(".")[0] == provider:
                            link(normal(control), name, f"prowler:{twin}")
    for source in policies["frameworks"]:
        if source["name"] not in sets:
            continue
        for control, _, names in source["controls"]:
            for policy in names:
                for name in twins.get(f"azurepolicy:{policy}", []):
                    link(normal(control), name, f"azurepolicy:{policy}")
    for name, check in checks.items():
        for key in [framework["id"], *framework.get("aliases", [])]:
            for control in check.get("controls", {}).get(key, []):
                link(normal(str(control)), name, "check")
    if framework["id"] == "iso27001_2013":
        newer = derive({"id": "iso27001_2022"}, checks, prowler, policies)
        for control, successor in ISO_2022.items():
            for name, trace in newer.get(successor, {}).items():
                link(control, name, f"iso27001_2022 {successor} {trace}")
    return links


def text(value):
    """A YAML scalar, quoted where a plain one would mean something else."""
    plain = re.fullmatch(r"[A-Za-z][A-Za-z0-9 ,.()/'+-]*", value) and value.lower() not in ("yes", "no", "true", "null")
    return value if plain and not value.endswith(" ") else json.dumps(value, ensure_ascii=False)


def write_control(control, indent, out):
    pad = " " * indent
    extra = [key for key in ("manual", "checks", "add", "drop") if control.get(key)]
    if not extra:
        out.append(f"{pad}- {{id: {json.dumps(control['id'])}, title: {text_in_flow(control['title'])}}}")
        return
    out.append(f"{pad}- id: {json.dumps(control['id'])}")
    out.append(f"{pad}  title: {text(control['title'])}")
    if control.get("manual"):
        out.append(f"{pad}  manual: true")
    for key in ("checks", "add", "drop"):
        if control.get(key):
            out.append(f"{pad}  {key}:")
            out.extend(f"{pad}    {check}: {text_key(said)}" for check, said in control[key].items())


def text_in_flow(value):
    return json.dumps(value, ensure_ascii=False) if re.search(r"[,\[\]{}:#]", value) else text(value)


def text_key(value):
    return value if re.fullmatch(r"[A-Za-z0-9_:-]+", value) else text(value)


def write_groups(groups, indent, out):
    pad = " " * indent
    for group in groups:
        out.append(f"{pad}- id: {json.dumps(group['id'])}")
        out.append(f"{pad}  title: {text(group['title'])}")
        if group.get("controls"):
            out.append(f"{pad}  controls:")
            for control in group["controls"]:
                write_control(control, indent + 4, out)
        if group.get("groups"):
            out.append(f"{pad}  groups:")
            write_groups(group["groups"], indent + 4, out)


def write(framework):
    out = [HEAD.rstrip("\n"), f"id: {framework['id']}", f"title: {text(framework['title'])}"]
    out.append(f"version: {json.dumps(framework['version'])}")
    out.append(f"clouds: [{', '.join(framework['clouds'])}]")
    if framework.get("aliases"):
        out.append(f"aliases: [{', '.join(framework['aliases'])}]")
    out.append("groups:")
    write_groups(framework["groups"], 2, out)
    return "\n".join(out) + "\n"


def controls_of(groups):
    for group in groups:
        yield from group.get("controls", [])
        yield from controls_of(group.get("groups", []))


def update(framework, checks, prowler, policies):
    """Puts the links in; returns how many controls have one, and the control ids of links that have no place."""
    links = derive(framework, checks, prowler, policies)
    known = set()
    for control in controls_of(framework["groups"]):
        known.add(control["id"])
        found = {} if control.get("manual") else links.get(control["id"], {})
        control["checks"] = {
            name: trace for name, trace in sorted(found.items())
            if name not in control.get("add", {}) and name not in control.get("drop", {})
        }
    return sum(1 for c in controls_of(framework["groups"]) if c["checks"] or c.get("add")), sorted(set(links) - known)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--maps", required=True, type=pathlib.Path, help="the folder of the two maps")
    arguments = parser.parse_args()
    prowler = json.loads((arguments.maps / "prowler_maps.json").read_text())
    policies = json.loads((arguments.maps / "azure_policy_sets.json").read_text())
    checks = read_checks()
    for path in sorted(FRAMEWORKS.glob("*.yaml")):
        framework = yaml.load(path.read_text(), yaml.CSafeLoader)
        if framework["id"] not in SOURCES:
            sys.exit(f"{path.name}: SOURCES does not name '{framework['id']}'")
        count, lost = update(framework, checks, prowler, policies)
        path.write_text(write(framework))
        total = sum(1 for _ in controls_of(framework["groups"]))
        print(f"{framework['id']}: {count} of {total} controls have evidence; no place for {' '.join(lost) or 'none'}")


if __name__ == "__main__":
    main()
