"""verbale eval gives the figures of the scorer that came with the annotated facts, digit by digit.

usage: eval.py VERBALE. Also on facts that were made worse, so that misses and false facts are counted alike.
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

VERBALE = sys.argv[1]
SHARED = pathlib.Path(os.environ.get("VERBALE_SHARED", "../../../shared"))
GOLD = SHARED / "gold"
FIGURES = re.compile(r"gold +\d+ found.*|traps sprung.*")


def worse(lines, how):
    """Annotated facts: as they are, every second one gone, or with objects exchanged."""
    facts = [json.loads(line) for line in lines if line.strip()]
    if how == "half":
        facts = facts[::2]
    if how == "exchanged":
        for a, b in zip(facts[::5], facts[1::5]):
            a["object"], b["object"] = b["object"], a["object"]
            a["object_surface"], b["object_surface"] = "", ""
    if how == "debatable":
        for fact in facts[::3]:
            fact["certainty"] = "debatable"
    return "".join(json.dumps(fact) + "\n" for fact in facts)


def figures(command):
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [match[0] for match in FIGURES.finditer(out)]


def main():
    reports = [str(path) for path in sorted((SHARED / "corpus").glob("A-7*.txt"))]
    if not reports or not (GOLD / "score.py").exists():
        print(f"skipped: no annotated facts in {SHARED}")
        return 0
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        predicted = pathlib.Path(folder) / "predicted.jsonl"
        predicted.write_bytes(subprocess.run([VERBALE, "extract", *reports], capture_output=True, check=True).stdout)
        for how in ("as they are", "half", "exchanged", "debatable"):
            gold = pathlib.Path(folder) / "gold.jsonl"
            gold.write_text(worse((GOLD / "facts.jsonl").read_text(encoding="utf-8").split("\n"), how))
            traps = str(GOLD / "traps.jsonl")
            theirs = figures([sys.executable, str(GOLD / "score.py"), str(predicted), "--gold", str(gold), "--traps", traps])
            ours = figures([VERBALE, "eval", "--quiet", "--gold", str(gold), "--traps", traps, *reports])
            same = theirs == ours and len(ours) > 4
            print(f"{how}: {len(ours)} lines {'equal' if same else 'DIFFER'}")
            if not same:
                failed += 1
                print("\n".join(f"  theirs {a}\n  ours   {b}" for a, b in zip(theirs, ours) if a != b))
    return 1 if failed else 0


sys.exit(main())
