#!/usr/bin/env python3
"""Every export is read back by the programs that it is for, and what they count is printed side by side.

usage: run.py PROGRAM

Programs from Debian are installed by scripts/setup --tests; those from npm by `npm ci` in this folder, which
this script runs where they are missing. What is not to be had is skipped, and said.
"""
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import warnings

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "cli"))
from support import ROOT, Count, Program  # noqa: E402

PARAMETERS = {
    "ratifications": {"treaty": "Convention on Cybercrime"},
    "central-forums": {},
    "supporters": {"group": "Group of Governmental Experts"},
    "compare": {"one": "Canada", "other": "Finland"},
    "changes": {"from": "SAMPLE/2015", "to": "SAMPLE/2017"},
    "support-without-ratification": {"group": "Group of Governmental Experts", "treaty": "Convention on Cybercrime"},
    "single-evidence": {"relation": "MEMBER_OF"},
}
FILES = {
    "strict.graphml": [], "gephi.graphml": ["--for", "gephi"], "cytoscape.graphml": ["--for", "cytoscape"],
    "yed.graphml": ["--for", "yed"], "g.gexf": [], "old.gexf": ["--for", "networkx"], "g.dot": [], "g.cyjs": [],
    "g.cx2": [], "g.json": ["--format", "graphology"], "g.cypher": [], "g.jsonl": [], "g.csv": [],
    "g.ttl": [], "g12.ttl": ["--for", "rdf-1.2"], "star.ttl": ["--for", "rdf-star"],
    "g.nq": [], "g12.nq": ["--for", "rdf-1.2"], "star.nq": ["--for", "rdf-star"], "g.jsonld": [],
    "g.md": [], "g.tex": [], "table.html": ["--format", "html-table"],
}
FOLDERS = ["neo4j-csv", "gephi-csv", "kuzu"]


class Table:
    """What each reader counted, against what there is."""

    def __init__(self, count, nodes, relationships):
        self.count, self.expected, self.lines = count, (nodes, relationships), []

    def add(self, form, reader, got):
        """`got`: (nodes, relationships), one of them None where the format has no such thing; or why not."""
        if isinstance(got, str):
            self.lines.append((form, reader, "", "", got))
            if not got.startswith("skipped"):
                self.count.check(False, f"{form}, {reader}: {got}")
            return
        wanted = [None if g is None else w for g, w in zip(got, self.expected)]
        self.count.same(list(got), wanted, f"{form}, {reader}: nodes and relationships")
        same = "same" if list(got) == wanted else "DIFFERENT"
        self.lines.append((form, reader, *("" if n is None else str(n) for n in got), same))

    def attempt(self, form, reader, work):
        try:
            got = work()
        except Exception as error:  # whatever a reader does not like
            got = f"{type(error).__name__}: {str(error)[:200]}"
        self.add(form, reader, got)

    def show(self):
        head = ("format", "read by", "nodes", "relationships", "")
        lines = [head, ("in the graph", "", str(self.expected[0]), str(self.expected[1]), ""), *self.lines]
        widths = [max(len(line[i]) for line in lines) for i in range(4)]
        for line in lines:
            print("  ".join(cell.ljust(width) for cell, width in zip(line, widths)) + "  " + line[4])


def run(*command, **options):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, **options)
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]}: exit {done.returncode}: {done.stderr[:300]}")
    return done.stdout


def export(program):
    for name, options in FILES.items():
        program.run("export", "--graph", "g", *options, "-o", name)
    for name in FOLDERS:
        program.run("export", "--graph", "g", "--format", name, "-o", name)


# ---- Readers from Debian -------------------------------------------------------------------------

def networkx_readers(table, folder):
    try:
        import networkx
    except ImportError:
        return table.add("graphml, gexf", "NetworkX", "skipped: python3-networkx is not installed")
    for dialect in ("strict", "gephi", "cytoscape", "yed"):
        def read(dialect=dialect):
            graph = networkx.read_graphml(folder / f"{dialect}.graphml", force_multigraph=True)
            return graph.number_of_nodes(), graph.number_of_edges()
        table.attempt(f"graphml ({dialect})", "NetworkX", read)

    def read_gexf():
        graph = networkx.read_gexf(folder / "old.gexf")
        return graph.number_of_nodes(), graph.number_of_edges()
    table.attempt("gexf (networkx)", "NetworkX", read_gexf)


def igraph_reader(table, folder):
    try:
        import igraph
    except ImportError:
        return table.add("graphml", "igraph", "skipped: python3-igraph is not installed")

    def read():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # our attribute `id` stands in place of igraph's own
            graph = igraph.Graph.Read_GraphML(str(folder / "strict.graphml"))
        table.count.check("Armenia" in graph.vs["name"], "graphml, igraph: names")
        return graph.vcount(), graph.ecount()
    table.attempt("graphml (strict)", "igraph", read)


def schema_reader(table, folder):
    """The dialects for Gephi and yEd have what only these programs know, so no schema but their own holds for them."""
    if not shutil.which("xmllint"):
        return table.add("graphml", "xmllint --schema", "skipped: libxml2-utils is not installed")
    check = ("xmllint", "--noout", "--schema", HERE / "graphml.xsd")
    for dialect in ("strict", "cytoscape"):
        def read(dialect=dialect):
            text = (folder / f"{dialect}.graphml").read_text()
            run(*check, folder / f"{dialect}.graphml")
            return len(re.findall(r"<node ", text)), len(re.findall(r"<edge ", text))
        table.attempt(f"graphml ({dialect})", "xmllint --schema", read)
    broken = folder / "broken.graphml"
    broken.write_text(re.sub(r'target="n\d+"', 'target="nowhere"', (folder / "strict.graphml").read_text(), count=1))
    refused = subprocess.run([*check, broken], capture_output=True).returncode
    table.count.check(refused != 0, "graphml, xmllint: an edge that leads nowhere is refused")


def graphviz_readers(table, folder):
    if not shutil.which("dot"):
        return table.add("dot", "Graphviz", "skipped: graphviz is not installed")

    def read():
        plain = run("dot", "-Tdot", folder / "g.dot")
        return len(set(re.findall(r"^\s*(n\d+)\s+\[", plain, re.M))), len(re.findall(r"^\s*n\d+ -> n\d+", plain, re.M))
    table.attempt("dot", "Graphviz", read)


def rapper_reader(table, folder):
    if not shutil.which("rapper"):
        return table.add("turtle, nquads", "rapper", "skipped: raptor2-utils is not installed")
    for form, file in (("turtle", "g.ttl"), ("nquads", "g.nq")):
        def read(form=form, file=file):
            triples = set(run("rapper", "-q", "-i", form, "-o", "ntriples", folder / file).splitlines())
            return (sum("rdf-schema#label>" in t and t.startswith("<urn:verbale:node:") for t in triples),
                    sum("#subject>" in t for t in triples))
        table.attempt(form, "rapper", read)


def pandoc_readers(table, folder, table_rows):
    if not shutil.which("pandoc"):
        return table.add("markdown, html-table", "pandoc", "skipped: pandoc is not installed")

    def count(tree, kind):
        if isinstance(tree, dict):
            return (tree.get("t") == kind) + sum(count(v, kind) for v in tree.values())
        return sum(count(v, kind) for v in tree) if isinstance(tree, list) else 0

    def rows(tree):
        """Rows of the first table: a body is [attributes, columns, heads, rows]."""
        block = next(b for b in tree["blocks"] if b["t"] == "Table")
        return sum(len(body[3]) for body in block["c"][4])
    for form, reader, file in (("markdown", "gfm+footnotes", "g.md"), ("html-table", "html", "table.html"),
                               ("latex", "latex", "g.tex")):
        def read(form=form, reader=reader, file=file):
            tree = json.loads(run("pandoc", "-f", reader, "-t", "json", folder / file))
            if form == "markdown":
                table.count.check(count(tree, "Note") >= table_rows, "markdown, pandoc: a footnote for each fact")
            return None, rows(tree)
        table.attempt(form, "pandoc", read)


# ---- Ours, and by the rules ----------------------------------------------------------------------

def imports(table, program):
    def counts(graph):
        stats = json.loads(program.run("stats", "--json", "--graph", graph))
        return stats["nodes"], stats["relationships"]

    def from_script():
        program.run("query", "--create", "--graph", "cypher", "-f", "g.cypher")
        return counts("cypher")
    table.attempt("cypher", "verbale query", from_script)
    dumps = {}
    csv = ["--nodes", "neo4j-csv/nodes-header.csv,neo4j-csv/nodes.csv",
           "--relationships", "neo4j-csv/relationships-header.csv,neo4j-csv/relationships.csv"]
    program.run("export", "--graph", "g", "--no-evidence", "--format", "neo4j-csv", "-o", "plain-csv")
    plain = [argument.replace("neo4j-csv/", "plain-csv/") for argument in csv]
    for form, arguments in (("jsonl", ["g.jsonl"]), ("graphml", ["strict.graphml"]), ("neo4j-csv", csv),
                            ("neo4j-csv, no evidence", plain)):
        def read(form=form, arguments=arguments):
            graph = "from-" + form.replace(", ", "-").replace(" ", "-")
            program.run("import", "--graph", graph, *arguments)
            dumps[form] = program.run("dump", "--graph", graph)
            return counts(graph)
        table.attempt(form, "verbale import", read)
    for form in ("graphml", "neo4j-csv, no evidence"):
        table.count.check(dumps.get(form) == dumps.get("jsonl"), f"{form}: the same dump as from JSON Lines")


def cx2_by_rules(table, folder):
    def read():
        aspects = json.loads((folder / "g.cx2").read_text(encoding="utf-8"))
        table.count.same(aspects[0]["CXVersion"], "2.0", "cx2: version")
        table.count.same(aspects[-1], {"status": [{"success": True}]}, "cx2: status last")
        part = {name: value for aspect in aspects for name, value in aspect.items()}
        declared = part["attributeDeclarations"][0]
        for kind in ("nodes", "edges"):
            used = {name for one in part[kind] for name in one["v"]}
            table.count.check(used <= set(declared[kind]), f"cx2: {kind} have declared attributes only")
        ids = {node["id"] for node in part["nodes"]}
        table.count.check(all(e["s"] in ids and e["t"] in ids for e in part["edges"]), "cx2: ends of edges")
        return len(part["nodes"]), len(part["edges"])
    table.attempt("cx2", "its rules", read)


def spreadsheets(table, folder):
    import csv

    def rows(path):
        with open(path, newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def gephi():
        return len(rows(folder / "gephi-csv/nodes.csv")), len(rows(folder / "gephi-csv/edges.csv"))
    table.attempt("gephi-csv", "Python's csv", gephi)
    facts = {(r["subject"], r["relation"], r["object"], r["object_label"]) for r in rows(folder / "g.csv")}
    table.add("csv", "Python's csv", (None, len(facts)))


# ---- Readers from npm ----------------------------------------------------------------------------

def npm_packages():
    """None, or why they are not there."""
    if not shutil.which("node") or not shutil.which("npm"):
        return "skipped: node or npm is not installed"
    if not (HERE / "node_modules/kuzu/kuzujs.node").exists():
        try:
            run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1", cwd=HERE, timeout=600)
            run("node", "install.js", cwd=HERE / "node_modules/kuzu", timeout=120)
        except (RuntimeError, OSError, subprocess.TimeoutExpired) as error:
            return f"skipped: the npm registry is not to be had ({str(error)[:80]})"
    return None


def node(*arguments):
    return [json.loads(line) for line in run("node", HERE / "readers.mjs", *arguments).splitlines()
            if line.startswith("{")]


def npm_readers(table, folder):
    for line in node("counts", folder):
        got = line.get("error") or (line["nodes"], line["relationships"])
        table.add(line["format"], line["reader"], got)


def comparable(rows, columns):
    return sorted(json.dumps([row[c] for c in columns], ensure_ascii=False) for row in rows)


def our_rows(program, name):
    arguments = [part for key, value in PARAMETERS.get(name, {}).items() for part in (f"--{key}", value)]
    return json.loads(program.run("ask", name, *arguments, "--graph", "g", "--mode", "json"))


def compare_answers(count, program, what, answers):
    for answer in answers:
        name = answer["name"]
        if not count.check("rows" in answer, f"{what}, {name}: {answer.get('error')}"):
            continue
        ours, theirs = our_rows(program, name), answer["rows"]
        columns = sorted(theirs[0]) if theirs else []
        same = comparable(ours, columns) == comparable(theirs, columns) and len(ours) == len(theirs)
        count.check(same, f"{what}, {name}: other rows ({len(ours)} and {len(theirs)})")
        print(f"{what:7} {name:30} {len(theirs):4} rows  {'same' if same else 'DIFFERENT'}")


HOSTILE = """CREATE (a:`Odd <Label>`:`B``tick` {name: '=1 <b> "q" \\\\ \\'x\\'', list: ['a,b', '[c]', 'd"e', ''], none: [],
  on: date('2015-01-02'), days: [date('2015-01-02')], at: datetime('2015-07-21T21:40:32+01:00'), key: 'mine',
  `odd key`: 'v', big: 1.0 / 0.0, span: duration('P1D')}), (c {name: ''}), (:`ODD "TYPE" 'x'`),
  (a)-[:`ODD "TYPE" 'x'` {w: [1, 2], support: 'hidden'}]->(c), (a)-[:`ODD "TYPE" 'x'`]->(a)"""


def hostile_tables(count, program, folder):
    """Names and values that break what does not quote reach Kùzu as they are."""
    program.run("query", "--create", "--graph", "hostile", HOSTILE)
    program.run("export", "--graph", "hostile", "--format", "kuzu", "-o", "hostile-kuzu")
    questions = [{"name": "node", "parameters": {}, "statement":
                  "MATCH (n) WHERE n.`odd key` = 'v' RETURN n.name AS name, n.list AS list, n.`none` AS `none`"},
                 {"name": "relationship", "parameters": {}, "statement":
                  "MATCH ()-[r]->() WHERE r.w IS NOT NULL RETURN r.w AS w, r.`property.support` AS support"},
                 {"name": "count", "parameters": {}, "statement": "MATCH ()-[r]->() RETURN count(*) AS n"}]
    (folder / "hostile.json").write_text(json.dumps(questions), encoding="utf-8")
    node_rows, rel_rows, all_rows = (answer.get("rows", answer) for answer in
                                     node("kuzu", folder / "hostile-kuzu", folder / "hostile.json"))
    count.same(node_rows, [{"name": "=1 <b> \"q\" \\ 'x'", "list": ["a,b", "[c]", 'd"e', ""], "none": []}],
               "kuzu, hostile node")
    count.same(rel_rows, [{"w": [1, 2], "support": "hidden"}], "kuzu, hostile relationship")
    count.same(all_rows, [{"n": 2}], "kuzu, hostile relationships")


def npm_questions(count, program, folder):
    questions = []
    for path in sorted((HERE / "kuzu").glob("*.cypher")):
        named = {"group": "of"}  # a word that Kùzu reserves
        parameters = {named.get(k, k): v for k, v in PARAMETERS.get(path.stem, {}).items()}
        questions.append({"name": path.stem, "statement": path.read_text(encoding="utf-8"), "parameters": parameters})
    (folder / "questions.json").write_text(json.dumps(questions), encoding="utf-8")
    compare_answers(count, program, "kuzu", node("kuzu", folder / "kuzu", folder / "questions.json"))
    compare_answers(count, program, "sparql",
                    node("sparql", folder / "g.ttl", *sorted((HERE / "sparql").glob("*.rq"))))


def main():
    count = Count()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        program = Program(sys.argv[1], folder)
        program.run("build", ROOT / "data/replies", "--graph", "g", "--quiet")
        export(program)
        stats = json.loads(program.run("stats", "--json", "--graph", "g"))
        table = Table(count, stats["nodes"], stats["relationships"])
        networkx_readers(table, folder)
        igraph_reader(table, folder)
        graphviz_readers(table, folder)
        rapper_reader(table, folder)
        schema_reader(table, folder)
        pandoc_readers(table, folder, stats["relationships"])
        cx2_by_rules(table, folder)
        spreadsheets(table, folder)
        imports(table, program)
        missing = npm_packages()
        if missing:
            table.add("all", "programs from npm", missing)
        else:
            npm_readers(table, folder)
        table.show()
        if not missing:
            npm_questions(count, program, folder)
            hostile_tables(count, program, folder)
    count.end()


if __name__ == "__main__":
    main()
