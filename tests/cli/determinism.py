#!/usr/bin/env python3
"""The same documents give the same graph, byte for byte, whatever the way to it.

usage: determinism.py PROGRAM
"""
import pathlib
import random
import shutil
import sys
import tempfile

from support import Count, Program, samples, small_documents


def main():
    count = Count()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        program = Program(sys.argv[1], folder)
        texts = folder / "texts"
        texts.mkdir()
        for name, text in small_documents():
            (texts / name).write_text(text, encoding="utf-8")
        for path in samples():
            shutil.copy(path, texts)

        printed = program.run("build", texts, "--graph", "first", "--threads", 1)
        first = program.hash_of(printed)
        dump = program.run("dump", "--graph", "first")
        count.check(len(dump) > 10000, "the dump has something in it")

        def same(what, graph, printed):
            count.same(program.hash_of(printed), first, what)
            count.check(program.run("dump", "--graph", graph) == dump, f"{what}: the dump differs")

        for threads in (2, 5):
            same(f"{threads} threads", f"t{threads}", program.run("build", texts, "--graph", f"t{threads}", "-j", threads))

        same("second run", "first", program.run("build", texts, "--graph", "first"))

        program.run("build", texts, "--engine", "memory", "--dump", "memory.txt")
        count.check((folder / "memory.txt").read_text(encoding="utf-8") == dump, "memory engine: the dump differs")

        elsewhere = folder / "a b" / "ü"
        elsewhere.mkdir(parents=True)
        same("another working folder and locale", elsewhere / "g",
             program.run("build", texts, "--graph", elsewhere / "g", folder=elsewhere,
                         environment={"LC_ALL": "tr_TR.UTF-8", "TZ": "Pacific/Apia"}.items()))

        files = sorted(texts.iterdir())
        for seed in (1, 2):
            random.Random(seed).shuffle(files)
            same(f"shuffled files {seed}", f"s{seed}", program.run("build", *files, "--graph", f"s{seed}"))

        for path in files:
            printed = program.run("build", path, "--graph", "one-by-one")
        same("one commit a document", "one-by-one", printed)

        facts = program.run("extract", texts)
        same("extract | load", "loaded", program.run("load", "-", "--graph", "loaded", stdin=facts.encode()))

        # Editing one document and building again equals building from scratch.
        edited = texts / "SAMPLE-2017-3.txt"
        old = edited.read_bytes()
        edited.write_text(edited.read_text(encoding="utf-8") + "\n\nIt ratified the Arms Trade Treaty in 2014.\n",
                          encoding="utf-8")
        again = program.hash_of(program.run("build", texts, "--graph", "first"))
        scratch = program.hash_of(program.run("build", texts, "--graph", "scratch"))
        count.same(again, scratch, "edited document")
        count.check(again != first, "an edit that says something new changes the hash")
        edited.write_bytes(old)
        same("edit undone", "first", program.run("build", texts, "--graph", "first"))

        # A file that went away takes its evidence with it; other folders stay.
        other = folder / "other"
        other.mkdir()
        for path in sorted(texts.iterdir())[:10]:
            path.rename(other / path.name)
        less = program.hash_of(program.run("build", texts, "--graph", "first"))
        count.same(less, program.hash_of(program.run("build", texts, "--graph", "less")), "files that went away")
        both = program.hash_of(program.run("build", other, "--graph", "first"))
        count.same(both, first, "the other folder brings them back")
        for line in program.run("documents", "--json", "--graph", "less").splitlines():
            if '"symbol"' in line:
                program.run("remove", line.split('"')[3], "--graph", "less")
        empty = program.run("stats", "--json", "--graph", "less")
        count.check('"nodes": 0, "relationships": 0, "evidence": 0' in empty, f"all removed, but {empty}")
    count.end()


if __name__ == "__main__":
    main()
