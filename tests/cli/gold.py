#!/usr/bin/env python3
"""The facts of the official reports against the annotated ones, by the annotators' own score.py.

usage: gold.py PROGRAM
"""
import pathlib
import re
import subprocess
import sys
import tempfile

from support import REPORTS, SHARED, Count, Program

# Least precision and recall of each group.
BARS = {"tier 1, no SUBMITTED": (0.97, 0.95), "tier 2": (0.90, 0.85), "SUBMITTED": (1.0, 1.0)}


def main():
    score = SHARED / "gold/score.py"
    if not score.exists() or not all(path.exists() for path in REPORTS):
        print(f"SKIPPED: {score} and the official reports are not at hand (VERBALE_SHARED)")
        sys.exit(77)
    count = Count()
    with tempfile.TemporaryDirectory() as folder:
        program = Program(sys.argv[1], folder)
        facts = pathlib.Path(folder) / "facts.jsonl"
        facts.write_text(program.run("extract", *REPORTS), encoding="utf-8")
        printed = subprocess.run([sys.executable, score, facts, "--show"], capture_output=True, text=True,
                                 check=True).stdout
    print(printed)
    for name, (precision, recall) in BARS.items():
        row = re.search(rf"^{re.escape(name)}\s.* P ([\d.]+) R ([\d.]+)", printed, re.M)
        count.check(float(row[1]) >= precision, f"{name}: precision {row[1]}, at least {precision}")
        count.check(float(row[2]) >= recall, f"{name}: recall {row[2]}, at least {recall}")
    count.check("traps sprung: 0 of" in printed, "no trap is sprung")
    count.end()


if __name__ == "__main__":
    main()
