#!/usr/bin/env python3
"""What may lie in a folder of documents, or go wrong there, and what becomes of the graph.

usage: inputs.py PROGRAM
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from support import Count, Program

# Root reads everything by two capabilities; without them it is asked as the owner is.
BOUND = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"]


def report(year, state="Greece"):
    return (f"SAMPLE/{year}\n\nReplies\n\n{state}\n\n[Original: English]\n[1 June {year}]\n\n"
            f"{state} ratified the Convention on Cybercrime in 2015.\n")


class Unprivileged(Program):
    """The program as somebody who may not read everything, whoever runs the test."""

    def outcome(self, *arguments):
        bound = BOUND if os.geteuid() == 0 else []
        done = subprocess.run([*bound, self.path, *map(str, arguments)], cwd=self.folder,
                              env=self.environment, capture_output=True)
        return done.returncode, (done.stdout + done.stderr).decode(errors="replace")


def forbidden(path, folder, count):
    """What cannot be read hides nothing but itself, and takes nothing out of the graph."""
    program = Unprivileged(path, folder)
    for name in ("a/1.txt", "m/2.txt", "z/3.txt"):
        file = folder / "in" / name
        file.parent.mkdir(parents=True)
        file.write_text(report(2010 + int(file.stem)))
    code, whole = program.outcome("build", "in", "--graph", "g")
    count.same(code, 0, whole)
    for place in ("in/m", "in/a/1.txt", "in"):
        (folder / place).chmod(0)
        code, printed = program.outcome("build", "in", "--graph", "g")
        (folder / place).chmod(0o755)
        count.check(code == 5 and "Permission denied" in printed, f"{place} cannot be read: {printed}")
        count.check("removed   0" in printed and program.hash_of(printed) == program.hash_of(whole),
                    f"what is in {place} stays: {printed}")
    (folder / "in/a/1.txt").write_text(report(2011, "Spain"))
    (folder / "in/m").chmod(0)
    code, printed = program.outcome("build", "in", "--graph", "g")
    (folder / "in/m").chmod(0o755)
    count.check(code == 5 and "read      1 documents" in printed, f"the rest is read: {printed}")
    for place in ("g/store", "g"):
        (folder / place).chmod(0)
        code, printed = program.outcome("stats", "--graph", "g")
        (folder / place).chmod(0o755)
        count.check(code == 4 and printed.startswith("verbale: error: cannot open 'g': Permission denied"), printed)


def own_graph(program, folder, count):
    """A graph among the documents is none of them."""
    (folder / "1.txt").write_text(report(2011))
    first = program.hash_of(program.run("build", ".", folder=folder))
    printed = program.run("build", ".", folder=folder)
    count.same(program.hash_of(printed), first, printed)
    count.check("  verbale.graph: a graph\n" in printed, printed)
    code, printed = program.outcome("build", folder / "verbale.graph", "--graph", "other")
    count.check(code == 1 and "is a graph, not documents" in printed, printed)


def odd_names(program, folder, count):
    """Names of any bytes: the graph's text is UTF-8, and files are found again."""
    names = (b"latin\xe9.txt", b"new\nline.txt", b"esc\x1b[31m.txt", b"quo'te\".txt", b"-dash.txt", b"100%25.txt")
    (folder / "in").mkdir()
    for number, name in enumerate(names):
        (folder / "in" / os.fsdecode(name)).write_text(report(2010 + number))
    printed = program.run("build", "in", "--graph", "g")
    built = program.hash_of(printed)
    documents = json.loads(subprocess.run([program.path, "documents", "--json", "--graph", folder / "g"],
                                          capture_output=True, check=True).stdout.decode("utf-8"))
    count.check("latin%E9.txt" in [document["path"] for document in documents], "bytes that are no UTF-8 are written %E9")
    facts = program.run("extract", "in").encode()
    count.same(program.hash_of(program.run("load", "-", "--graph", "loaded", stdin=facts)), built, "extract | load")
    printed = program.run("build", "in", "--graph", "g")
    count.check("unchanged 6" in printed and program.hash_of(printed) == built, printed)
    count.check(" 0 problems" in program.run("verify", "--graph", "g"), "verify finds the files")
    printed = program.run("why", "greece", "ratified", "convention on cybercrime", "--graph", "g")
    count.check("\x1b" not in printed and "new line.txt, bytes" in printed, f"no name speaks to the terminal: {printed!r}")
    (folder / "in" / os.fsdecode(names[0])).unlink()
    count.check("removed   1" in program.run("build", "in", "--graph", "g"), "a file that is gone")


def one_symbol_twice(program, folder, count):
    """Of two files with one symbol the first by path counts, on every way into the graph, and the loss is told."""
    (folder / "in").mkdir()
    for name, state in (("a.txt", "Greece"), ("b.txt", "Spain")):
        (folder / "in" / name).write_text(report(2011, state))
    built = program.hash_of(program.run("build", "in", "--graph", "g", code=5))
    facts = program.run("extract", "in", code=5).encode()
    count.same(facts.count(b'"record":"document"'), 1, "documents of extract")
    parts = b"".join(program.run("extract", f"in/{name}").encode() for name in ("b.txt", "a.txt"))
    for what, lines in (("extract | load", facts), ("parts", parts)):
        graph = what.split()[0]
        code = 5 if what == "parts" else 0
        count.same(program.hash_of(program.run("load", "-", "--graph", graph, stdin=lines, code=code)), built, what)
    shutil.copy(folder / "in/a.txt", folder / "in/c.txt")
    (folder / "in/b.txt").unlink()
    printed = program.run("build", "in", "--graph", "g")
    count.check("c.txt: its symbol SAMPLE/2011 is that of a.txt" in printed, f"a copy loses nothing: {printed}")
    (folder / "in/b.txt").write_text(report(2011, "Spain"))
    code, printed = program.outcome("build", "in", "--graph", "g", "--quiet")
    count.check(code == 5 and "b.txt: its symbol SAMPLE/2011 is that of a.txt" in printed, f"a quiet build: {printed}")


def standard_input(program, folder, count):
    program.run("build", "-", "-", "--graph", "g", code=1, stdin=report(2011).encode())
    code, printed = program.outcome("build", "/dev/zero", "--graph", "g")
    count.check(code == 5 and "'zero' is larger than 256 MiB" in printed, printed)


def full_device(program, count):
    """Whatever cannot be printed is an error, and no crash."""
    for command in (["--help"], ["--version"], ["man"], ["rules", "list"]):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([program.path, *command], stdout=full, stderr=subprocess.PIPE, env=program.environment)
        count.check(done.returncode == 4 and done.stderr.startswith(b"verbale: error: cannot write"),
                    f"{command} to a full device: {done.returncode} {done.stderr}")


def main():
    count = Count()
    with tempfile.TemporaryDirectory() as folder:
        def place(name):
            (pathlib.Path(folder) / name).mkdir()
            return pathlib.Path(folder) / name
        pathlib.Path(folder).chmod(0o755)
        forbidden(sys.argv[1], place("forbidden"), count)
        for test in (own_graph, odd_names, one_symbol_twice, standard_input):
            here = place(test.__name__)
            test(Program(sys.argv[1], here), here, count)
        full_device(Program(sys.argv[1], folder), count)
    count.end()


if __name__ == "__main__":
    main()
