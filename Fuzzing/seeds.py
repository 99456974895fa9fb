# SPDX-License-Identifier: Apache-2.0
"""Writes the corpus of queries or Terraform code that fuzzing begins with: the examples of our own sources and documents."""
import hashlib
import pathlib
import re
import sys

root = pathlib.Path(__file__).resolve().parent.parent


def queries():
    for path in (root / "Sources/KQL/Functions").glob("Examples*.swift"):
        for text in re.findall(r'": "((?:[^"\\]|\\.)*)"', path.read_text()):
            yield "print " + text.replace('\\"', '"').replace("\\\\", "\\")
    for path in (root / "Tests/KQLTests").glob("*.swift"):
        for text in re.findall(r'"((?:[^"\\\n]|\\.){12,2000})"', path.read_text()):
            text = text.replace('\\"', '"').replace("\\\\", "\\")
            if "|" in text or text.startswith(("print", "let", "datatable", "range", "union")):
                yield text
    for path in list((root / "docs").glob("*.md")) + [root / "README.md"]:
        yield from re.findall(r"```kql\n(.*?)```", path.read_text(), re.S)


def terraform():
    """Each text after a letter that says what it is: h for HCL, j for its JSON form, t for a template, p for a plan, s for a
    state."""
    tests = root / "Tests/IaCTests"
    for line in (tests / "recorded/expressions.txt").read_text().splitlines():
        yield f'houtput "o" {{\n  value = {line}\n}}\n'
    yield "h" + (tests / "recorded/prelude.tf").read_text()
    for path in (tests / "recorded/files").glob("*.tftpl"):
        yield "t" + path.read_text()
    for path in tests.glob("*.swift"):
        for text in re.findall(r'"""\n(.*?)"""', path.read_text(), re.S):
            if not text.lstrip().startswith("{"):
                yield "h" + text
            elif "resource_changes" in text:
                yield "p" + text
            else:
                yield ("s" if "version" in text else "j") + text


def main():
    folder = pathlib.Path(sys.argv[1])
    seeds = [text.encode() for text in (terraform() if sys.argv[2:] == ["terraform"] else queries())]
    for seed in seeds:
        (folder / hashlib.sha1(seed).hexdigest()).write_bytes(seed)
    print(f"{len(seeds)} seeds")


main()
