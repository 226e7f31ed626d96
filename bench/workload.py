"""The workload of VERBALE_SHARED/bench, which all comparisons here share: its graphs and where they lie."""
import importlib.util
import os
import pathlib
import shutil
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SHARED = pathlib.Path(os.environ.get("VERBALE_SHARED", ROOT / "../shared")).resolve() / "bench"
WORK = ROOT / "build/bench-run"
DATA = WORK / "data"
RESULTS = ROOT / "bench/results"
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
