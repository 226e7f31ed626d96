"""The workload of VERBALE_SHARED/bench, which all comparisons here share: its graphs and where they lie."""
import importlib.util
import json
import os
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SHARED = pathlib.Path(os.environ.get("VERBALE_SHARED", ROOT / "../shared")).resolve() / "bench"
WORK = ROOT / "build/bench-run"
DATA = WORK / "data"
RESULTS = ROOT / "bench/results"
ENGINE = ROOT / "build/bench/bench/query/query_engine"
# The generator's files, under headers as `verbale import` reads them.
HEADERS = {"person": "id:ID(Person),name,country,birth_year:int", "org": "id:ID(Org),name,kind",
           "knows": ":START_ID(Person),:END_ID(Person),since:int",
           "member_of": ":START_ID(Person),:END_ID(Org),since:int"}
# persons, KNOWS, organizations, MEMBER_OF: ten times the medium graph of the generator.
LARGE = (2_000_000, 20_000_000, 50_000, 6_000_000)


def make_graph(size):
    """The folder with the graph's files; those for `verbale import` in `import` below it."""
    if not SHARED.exists():
        sys.exit(f"bench: error: no workload in {SHARED}; set VERBALE_SHARED")
    folder = DATA / size
    if not (folder / "meta.json").exists():
        generate(size)
    files = folder / "import"
    if not files.exists():
        files.mkdir()
        for name, header in HEADERS.items():
            with open(folder / f"{name}.csv") as rows, open(files / f"{name}.csv", "w") as out:
                next(rows)
                out.write(header + "\n")
                shutil.copyfileobj(rows, out)
    return folder


def generate(size):
    spec = importlib.util.spec_from_file_location("gen_graph", SHARED / "gen_graph.py")
    generator = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generator)
    generator.SIZES["large"] = LARGE
    sys.argv = ["gen_graph.py", size, "--out", str(DATA)]
    generator.main()


def queries_of():
    """The workload's queries by name."""
    return {query["name"]: query for query in json.loads((SHARED / "queries.json").read_text())["queries"]}


def graph_of(size):
    """The graph that `bench/run --size SIZE` left behind."""
    db = WORK / f"db/verbale-{size}"
    if not db.exists():
        sys.exit(f"bench: error: no graph in {db}; bench/run --size {size} makes it")
    return db


class Engine:
    """A query_engine over the graph in the folder `db`, ours unless another `program` is given."""

    def __init__(self, size, db, program=ENGINE):
        self.parameters = json.loads((DATA / size / "params.json").read_text())
        self.process = subprocess.Popen([program, DATA / size, db], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True)

    def ask(self, **request):
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        if not answer["ok"]:
            sys.exit(f"bench: error: {request.get('text', request['op'])}: {answer['error']}")
        return answer

    def value(self, given):
        return self.parameters[given[1:]] if isinstance(given, str) and given.startswith("@") else given

    def parameter_sets(self, query):
        fixed = {name: self.value(given) for name, given in query.get("params", {}).items()}
        rotated = [(name, value) for name, given in query.get("rotate", {}).items() for value in self.value(given)]
        return [{**fixed, name: value} for name, value in rotated] or [fixed]

    def least(self, name, text, parameter_sets, budget):
        """Least milliseconds of as many executions as take `budget` milliseconds."""
        return min(self.ask(op="query", name=name, text=text, params_list=parameter_sets, budget_ms=budget)["ms"])

    def close(self):
        self.process.stdin.close()
        self.process.wait()
