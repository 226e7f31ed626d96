#!/usr/bin/env python3
"""Bits are flipped in every file of a graph, one at a time: each flip is detected (an error, or problems that check
lists) or harmless (the same answers); never a crash, never another answer.

usage: store_flips.py PROGRAM [FLIPS]
"""
import collections
import pathlib
import random
import shutil
import sys
import tempfile

from support import Count, Program, samples

QUESTIONS = [
    ["query", "MATCH (a)-[r]->(b) RETURN a.name, type(r), b.name, r.count, r.date ORDER BY a.name, type(r), b.name, r.date",
     "--mode", "csv"],
    ["query", "MATCH (s:State {name: 'Canada'})-[r]->(t) RETURN t.name, evidence(r) ORDER BY t.name", "--mode", "csv"],
    ["dump"],
]


def ask(program, question, graph):
    """(exit code, standard output)"""
    return program.outcome(*question, "--graph", graph)


def main():
    count, flips = Count(), int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    rng, outcomes = random.Random(3), collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        program = Program(sys.argv[1], folder)
        program.run("build", *samples()[:2], "--graph", "g")
        program.run("query", "CREATE INDEX state_name FOR (s:State) ON (s.name)", "--graph", "g")
        program.run("query", "MATCH (s:State) SET s.seen = true", "--graph", "g")
        program.run("compact", "--graph", "g")
        program.run("query", "CREATE (:Note {text: 'kept in the log'})", "--graph", "g")
        expected = [ask(program, question, "g") for question in QUESTIONS]
        count.check(all(code == 0 for code, _ in expected), "the graph answers before anything is flipped")
        files = sorted(p for p in (folder / "g").rglob("*") if p.is_file() and p.stat().st_size)
        count.check(any(p.name == "snapshot" for p in files), "there is a snapshot")
        weights = [p.stat().st_size ** 0.5 for p in files]
        for number in range(flips):
            shutil.rmtree(folder / "f", ignore_errors=True)
            shutil.copytree(folder / "g", folder / "f")
            path = folder / "f" / rng.choices(files, weights)[0].relative_to(folder / "g")
            data = bytearray(path.read_bytes())
            at, bit = rng.randrange(len(data)), rng.randrange(8)
            data[at] ^= 1 << bit
            path.write_bytes(data)
            where = f"flip {number}: {path.name} byte {at} bit {bit}"
            detected = False
            for question, (_, good) in zip(QUESTIONS, expected):
                code, printed = ask(program, question, "f")
                count.check(code in (0, 1, 4), f"{where}: {question[0]} ends with {code}")
                detected |= code != 0
                count.check(code != 0 or printed == good, f"{where}: {question[:2]} gives another answer")
            code, _ = ask(program, ["check"], "f")
            count.check(code in (0, 3, 4), f"{where}: check ends with {code}")
            detected |= code != 0
            kind = "snapshot" if path.name == "snapshot" else path.suffix or path.name.split("-")[0]
            outcomes[kind, "detected" if detected else "harmless"] += 1
    for (kind, outcome), number in sorted(outcomes.items()):
        print(f"{kind:<10} {outcome:<9} {number}")
    count.end()


if __name__ == "__main__":
    main()
