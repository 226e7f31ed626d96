#!/usr/bin/env python3
"""A random sample of facts of the General Debate speeches, to be judged by eye.

usage: sample.py draw PROGRAM FOLDER [--seed N] [--speeches N] [--facts N] > sample.tsv
       sample.py table SAMPLE.TSV

FOLDER holds the speeches, one file each. `draw` takes speeches by Python's random.Random(seed) from the sorted
list of files and facts in the order of the SHA-1 of "seed document subject relation object"; it writes a line
for each: verdict and reason are empty. `table` counts the verdicts of a judged sample by relation.
"""
import argparse
import collections
import hashlib
import json
import pathlib
import random
import subprocess
import sys

COLUMNS = ["document", "bytes", "subject", "relation", "object", "rule", "verdict", "reason", "sentence"]
OWN = {"SUBMITTED", "IN", "MENTIONS"}  # What a document says of itself.


def draw(args):
    files = sorted(pathlib.Path(args.folder).rglob("*.txt"))
    chosen = sorted(random.Random(args.seed).sample(files, min(args.speeches, len(files))))
    facts = []
    for at in range(0, len(chosen), 100):
        run = subprocess.run([args.program, "extract", *chosen[at:at + 100]], capture_output=True, text=True, check=True)
        facts += [json.loads(line) for line in run.stdout.splitlines()]
    facts = [fact for fact in facts if fact.get("record") != "document" and fact["relation"] not in OWN and
             fact.get("modality", "asserted") == "asserted"]

    def order(fact):
        key = f"{args.seed} {fact['document']} {fact['subject']} {fact['relation']} {fact['object']}"
        return hashlib.sha1(key.encode()).hexdigest(), fact["start"]

    print("\t".join(COLUMNS))
    for fact in sorted(facts, key=order)[:args.facts]:
        sentence = " ".join(fact["sentence"].split())
        print("\t".join([fact["document"], f"{fact['start']}-{fact['end']}", fact["subject"], fact["relation"],
                         fact["object"], fact["rule"], "", "", sentence]))
    print(f"{len(facts)} facts of {len(chosen)} speeches", file=sys.stderr)


def table(args):
    counts = collections.defaultdict(collections.Counter)
    for line in pathlib.Path(args.sample).read_text(encoding="utf-8").splitlines()[1:]:
        row = dict(zip(COLUMNS, line.split("\t")))
        if row["verdict"] not in ("right", "wrong"):
            sys.exit(f"sample.py: no verdict: {line[:100]}")
        counts[row["relation"]][row["verdict"]] += 1
    print("| relation | read | right | precision |\n| --- | --- | --- | --- |")
    for name in [*sorted(counts), "all"]:
        count = counts[name] if name != "all" else sum(counts.values(), collections.Counter())
        read = count["right"] + count["wrong"]
        print(f"| {name} | {read} | {count['right']} | {count['right'] / read:.2f} |")


def main():
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser("draw")
    command.add_argument("program")
    command.add_argument("folder")
    command.add_argument("--seed", type=int, default=41)
    command.add_argument("--speeches", type=int, default=700)
    command.add_argument("--facts", type=int, default=300)
    command.set_defaults(run=draw)
    command = commands.add_parser("table")
    command.add_argument("sample")
    command.set_defaults(run=table)
    args = parser.parse_args()
    args.run(args)


if __name__ == "__main__":
    main()
