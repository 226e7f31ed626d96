#!/usr/bin/env python3
"""What is exported is read back by the programs it is for, with the same counts.

usage: formats.py PROGRAM
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.dom.minidom

from support import ROOT, Count, Program

try:
    import networkx
except ImportError:
    sys.exit("python3-networkx is missing (scripts/setup --tests installs it)")


def main():
    count = Count()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        program = Program(sys.argv[1], folder)
        program.run("build", ROOT / "data/replies", "--graph", "g")
        stats = json.loads(program.run("stats", "--json", "--graph", "g"))
        nodes, rels = stats["nodes"], stats["relationships"]

        for dialect in ("strict", "gephi", "cytoscape", "yed", "networkx"):
            path = folder / f"{dialect}.graphml"
            program.run("export", "--graph", "g", "--for", dialect, "-o", path)
            read = networkx.read_graphml(path, force_multigraph=True)
            count.same((read.number_of_nodes(), read.number_of_edges()), (nodes, rels), f"GraphML for {dialect}")
            names = {d.get("name") for _, d in read.nodes(data=True)}
            count.check("Armenia" in names, f"GraphML for {dialect}: names")
            quotes = [d for _, _, d in read.edges(data=True) if d.get("interaction") == "RATIFIED"]
            count.check(quotes and all("“" in d["evidence"] for d in quotes), f"GraphML for {dialect}: evidence")

        lines = [json.loads(line) for line in program.run("export", "--graph", "g", "--format", "jsonl").splitlines()]
        count.same(sum(r["type"] == "node" for r in lines), nodes, "JSON Lines: nodes")
        count.same(sum(r["type"] == "relationship" for r in lines), rels, "JSON Lines: relationships")
        count.check(all(r["evidence"] for r in lines if r["type"] == "relationship"), "JSON Lines: evidence")

        query = "MATCH (s:State)-[r:RATIFIED|SIGNED|PARTY_TO]->(t) RETURN s, r, t"
        program.run("export", "--graph", "g", "--query", query, "-o", "part.dot")
        program.run("export", "--graph", "g", "--query", query, "-o", "part.graphml")
        part = networkx.read_graphml(folder / "part.graphml", force_multigraph=True)
        svg = subprocess.run(["dot", "-Tsvg", "part.dot"], cwd=folder, capture_output=True, check=True)
        count.check(not svg.stderr, f"dot says {svg.stderr[:300]}")
        picture = xml.dom.minidom.parseString(svg.stdout)
        kinds = [g.getAttribute("class") for g in picture.getElementsByTagName("g")]
        count.same(kinds.count("edge"), part.number_of_edges(), "SVG: edges")
        count.same(kinds.count("node") - 1, part.number_of_nodes(), "SVG: nodes, but for the legend")
        count.check(re.search("Armenia RATIFIED", svg.stdout.decode()), "SVG: tooltips")
        dump = program.run("export", "--graph", "g", "--format", "graphml")
        count.same(dump, program.run("export", "--graph", "g", "--format", "graphml"), "the same bytes again")
    count.end()


if __name__ == "__main__":
    main()
