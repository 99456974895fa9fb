#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes Sources/CContent/content.c, which embeds each file of Content/ in the binary.

The bytes themselves are read by the compiler (C23 #embed), so an edited file rebuilds by itself; only a file that was
added, renamed or removed needs this script. With --check nothing is written: the exit code says whether the list is
stale.
"""
import argparse
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
TARGET = ROOT / "Sources/CContent/content.c"
SUFFIXES = {".yaml", ".json", ".csv", ".kql", ".txt", ".css", ".js", ".svg"}

HEAD = """// SPDX-License-Identifier: Apache-2.0
// Written by Scripts/embed-content.py; do not edit.
#include "CContent.h"

"""


def embedded_files():
    content = ROOT / "Content"
    for path in sorted(content.rglob("*"), key=lambda path: path.relative_to(content).as_posix()):
        relative = path.relative_to(content)
        hidden = any(part.startswith((".", "_")) for part in relative.parts)
        if path.is_file() and path.suffix in SUFFIXES and not hidden:
            if path.stat().st_size == 0:
                sys.exit(f"{path.relative_to(ROOT)} is empty: write it or remove it")
            yield relative.as_posix()


def source():
    files = list(embedded_files())
    lines = [HEAD]
    for index, path in enumerate(files):
        lines.append(f'static const unsigned char file{index}[] = {{\n#embed "../../Content/{path}"\n}};\n')
    lines.append("\nstatic const plumb_content_file files[] = {\n")
    lines.extend(f'  {{"{path}", file{index}, sizeof file{index}}},\n' for index, path in enumerate(files))
    lines.append("};\n\n")
    lines.append("size_t plumb_content_count(void) { return sizeof files / sizeof files[0]; }\n")
    lines.append("plumb_content_file plumb_content_at(size_t index) { return files[index]; }\n")
    return "".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="say whether the list is stale; write nothing")
    wanted = source()
    current = TARGET.read_text() if TARGET.exists() else ""
    if parser.parse_args().check:
        if wanted != current:
            sys.exit("Sources/CContent/content.c is stale: run make content")
    elif wanted != current:
        TARGET.write_text(wanted)


if __name__ == "__main__":
    main()
