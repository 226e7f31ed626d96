#!/usr/bin/env python3
"""One byte of a source file is flipped, at every STEP-th offset. Inside an evidence range `verify` must name
exactly the relationships that lost their proof; outside, say that the file changed and name none.

usage: flips.py PROGRAM [STEP]
"""
import json
import pathlib
import re
import shutil
import sys
import tempfile

from support import Count, Program, samples


def main():
    count, step = Count(), int(sys.argv[2]) if len(sys.argv) > 2 else 100
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        program = Program(sys.argv[1], folder)
        texts = folder / "texts"
        texts.mkdir()
        for path in samples():
            shutil.copy(path, texts)
        program.run("build", texts, "--graph", "g")
        clean = program.run("verify", "--graph", "g")
        count.check(clean.rstrip().endswith("0 problems"), f"verify of untouched files: {clean}")
        records = [json.loads(line) for line in program.run("extract", texts).splitlines()]
        facts = [r for r in records if r["record"] != "document"]
        inside = outside = 0
        for path in sorted(texts.iterdir()):
            good = path.read_bytes()
            ranges = [(f["start"], f["end"], f"{f['subject']} {f['type']} {f['object']}") for f in facts
                      if f["path"] == path.name]
            for offset in range(0, len(good), step):
                path.write_bytes(good[:offset] + bytes([good[offset] ^ 1]) + good[offset + 1:])
                printed = program.run("verify", "--quotes-only", "--graph", "g", code=3)
                named = sorted(re.findall(r"lost its proof: (.*?) “", printed))
                expected = sorted(name for start, end, name in ranges if start <= offset < end)
                where = f"{path.name} offset {offset}"
                count.check(named == expected, f"{where}: named {named}, expected {expected}")
                count.check("the file has changed" in printed, f"{where}: the change is not said")
                inside, outside = inside + bool(expected), outside + (not expected)
            path.write_bytes(good)
        print(f"{inside} flips inside evidence, {outside} outside")
        count.check(inside > 100 and outside > 100, "both kinds were tried")
    count.end()


if __name__ == "__main__":
    main()
