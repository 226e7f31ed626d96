#!/usr/bin/env python3
"""Looks up every name of the gazetteers with the program: a sentence with it mentions its entity, and no other.

usage: check_names.py PROGRAM [PACKS]

PACKS is the folder of packs (default: data/packs of this repository); the pack is the one that builds on all
others. Documents are made in which each entity stands once, under its first name, its second and so on.
Prints what was not found. Exit 3 where something was not, 77 where PyYAML is missing, 0 otherwise.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

try:
    import yaml
except ImportError:
    print("check_names: skipped: needs python3-yaml")
    sys.exit(77)

PACK = "ict-security"
LISTS = ("aliases", "former", "acronyms", "adjectives")
AUTHOR = "Canada"  # Is not mentioned by its own reply.
FRAME = "They were told about {} there."


def entries(packs):
    """(label, fields) of every entry of the gazetteers."""
    for path in sorted(packs.glob("*/gazetteer/*.yml")):
        with open(path, encoding="utf-8") as stream:
            table = yaml.safe_load(stream)
        for fields in table["entries"]:
            yield table["label"], fields


def spellings(fields):
    """Its names; the first need not be one that a text has, where there are others ("Cybercrime@Octopus")."""
    others = [fields["official"]] if fields.get("official") else []
    others += [a for k in LISTS for a in fields.get(k, [])]
    odd = others and any(mark in fields["name"] for mark in "@()")
    return others if odd else [fields["name"]] + others


def documents(packs):
    """The n-th document: label, name and spelling of each entity that has n spellings."""
    made = []
    for label, fields in entries(packs):
        for n, text in enumerate(spellings(fields)):
            if fields["name"] == AUTHOR:
                continue
            if n == len(made):
                made.append([])
            made[n].append((label, fields["name"], text))
    return made


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    default = pathlib.Path(__file__).resolve().parents[2] / "data" / "packs"
    packs = pathlib.Path(sys.argv[2]).resolve() if len(sys.argv) > 2 else default
    asked, missing = 0, []
    with tempfile.TemporaryDirectory() as folder:
        made = documents(packs)
        for n, names in enumerate(made):
            lines = [AUTHOR] + [FRAME.format(text) for _, _, text in names]
            pathlib.Path(folder, f"names-{n:02}.txt").write_text("\n\n".join(lines) + "\n", encoding="utf-8")
        printed = subprocess.run([program, "extract", folder, "--pack", packs / PACK, "--format", "jsonl"],
                                 env=dict(os.environ, VERBALE_PACKS=str(packs)), capture_output=True, text=True,
                                 check=True).stdout
        found = {}
        for line in printed.splitlines():
            fact = json.loads(line)
            if fact["record"] == "fact" and fact["relation"] == "MENTIONS":
                found.setdefault(fact["path"], set()).add((fact["object_label"], fact["object"]))
        for n, names in enumerate(made):
            here = found.get(f"names-{n:02}.txt", set())
            asked += len(names)
            missing += [f"'{text}' does not name {label} {name}" for label, name, text in names
                        if (label, name) not in here]
    for one in missing:
        print(one)
    print(f"{asked} names looked up, {len(missing)} not found")
    return 3 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
