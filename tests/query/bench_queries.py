#!/usr/bin/env python3
"""The benchmark's questions get the benchmark's answers: loads the small graph of VERBALE_SHARED/bench with
LOAD CSV, runs every query of queries.json and compares the checksums of the rows with those on which the
engines of results/peers-small.json agree.

usage: bench_queries.py VERBALE [--only NAME]… [--keep FOLDER] [--times]

--times prints how long each query took, whole processes. Exits with 77 where the benchmark is absent.
"""
import argparse
import hashlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SHARED = pathlib.Path(os.environ.get("VERBALE_SHARED", ROOT / "../shared")).resolve() / "bench"
CHECKED_RUNS = 5  # Of a query whose parameters change, as the recorded checksums have it.

LOADS = [
    ("person.csv", "CREATE (:Person {id: toInteger(r.id), name: r.name, country: r.country, "
                   "birth_year: toInteger(r.birth_year)})"),
    ("org.csv", "CREATE (:Org {id: toInteger(r.id), name: r.name, kind: r.kind})"),
    ("knows.csv", "MATCH (a:Person {id: toInteger(r.src)}), (b:Person {id: toInteger(r.dst)}) "
                  "CREATE (a)-[:KNOWS {since: toInteger(r.since)}]->(b)"),
    ("member_of.csv", "MATCH (a:Person {id: toInteger(r.src)}), (b:Org {id: toInteger(r.dst)}) "
                      "CREATE (a)-[:MEMBER_OF {since: toInteger(r.since)}]->(b)"),
]
INDEXES = ["CREATE INDEX person_id FOR (p:Person) ON (p.id)", "CREATE INDEX org_id FOR (o:Org) ON (o.id)"]


def canonical(value):
    """A value as the recorded checksums write it: lists without order, null in letters."""
    if value is None:
        return "null"
    if isinstance(value, list):
        return "[" + ",".join(sorted(canonical(v) for v in value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def checksum(results, ordered):
    digest = hashlib.sha1()
    for rows in results:
        lines = ["|".join(canonical(value) for value in row.values()) for row in rows]
        if not ordered:
            lines.sort()
        digest.update(("\n".join(lines) + "\n--\n").encode())
    return digest.hexdigest()[:12]


def bindings(query, parameters):
    """The maps of parameters with which a query runs; "@x" stands for the constant x."""
    def value(v):
        return parameters[v[1:]] if isinstance(v, str) and v.startswith("@") else v

    fixed = {name: value(v) for name, v in query.get("params", {}).items()}
    for name, reference in query.get("rotate", {}).items():
        return [{**fixed, name: v} for v in value(reference)]
    return [fixed]


class Graph:
    def __init__(self, program, folder):
        self.program, self.folder = program, folder

    def ask(self, statement, parameters=None, *options):
        file = self.folder / "parameters.json"
        file.write_text(json.dumps(parameters or {}))
        done = subprocess.run([self.program, "query", "--graph", "graph", "--params", file, *options, statement],
                              cwd=self.folder, text=True, stdin=subprocess.DEVNULL, capture_output=True)
        if done.returncode:
            raise RuntimeError(done.stderr.strip())
        return done.stdout

    def load(self):
        subprocess.run([sys.executable, SHARED / "gen_graph.py", "small", "--out", self.folder], check=True,
                       stdout=subprocess.DEVNULL)
        for statement in INDEXES:
            self.ask(statement, None, "--create")
        for file, statement in LOADS:
            self.ask(f"LOAD CSV WITH HEADERS FROM 'small/{file}' AS r {statement}")


def run(graph, query, parameters):
    """(checksum, seconds of the slowest run)."""
    results, slowest = [], 0
    for binding in bindings(query, parameters)[:CHECKED_RUNS]:
        begin = time.monotonic()
        results.append(json.loads(graph.ask(query["text"], binding, "--mode", "json")))
        slowest = max(slowest, time.monotonic() - begin)
    return checksum(results, query.get("ordered", False)), slowest


def agreed(recorded):
    """The checksum of a recorded query that the engines agree on."""
    sums = {engine["check"]["sum"] for engine in recorded["engines"].values() if engine.get("agrees")}
    assert len(sums) == 1, f"the engines disagree on {recorded['name']}"
    return sums.pop()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--keep", type=pathlib.Path, help="use this folder, and its graph if there is one")
    parser.add_argument("--times", action="store_true")
    args = parser.parse_args()
    if not (SHARED / "results/peers-small.json").exists():
        print(f"SKIPPED: no benchmark in {SHARED}")
        return 77
    recorded = {q["name"]: agreed(q) for q in json.loads((SHARED / "results/peers-small.json").read_text())["queries"]}
    failed = passed = 0
    with tempfile.TemporaryDirectory(prefix="bench-queries-") as scratch:
        folder = args.keep or pathlib.Path(scratch)
        graph = Graph(args.program.resolve(), folder)
        if not (folder / "graph").exists():
            graph.load()
        parameters = json.loads((folder / "small/params.json").read_text())
        for query in json.loads((SHARED / "queries.json").read_text())["queries"]:
            name = query["name"]
            if args.only and name not in args.only:
                continue
            try:
                answer, seconds = run(graph, query, parameters)
            except RuntimeError as error:
                answer, seconds = f"error: {error}", 0
            if args.times:
                print(f"{name:24} {seconds * 1000:8.0f} ms")
            if answer == recorded[name]:
                passed += 1
                continue
            failed += 1
            print(f"FAIL {name}: {answer}, not {recorded[name]}\n  {query['text']}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
