#!/usr/bin/env python3
"""backup, restore, compact, check --repair, import and stores of earlier formats, from outside.

usage: keeping.py PROGRAM
"""
import os
import pathlib
import shutil
import stat
import subprocess
import sys
import tarfile
import tempfile

from support import ROOT, Count, Program, samples

STORES = ROOT / "tests/graph/stores"


def earlier_formats(program, folder, count):
    """A store of each format that there was opens, read-only and to be written, with the dump that it had."""
    archives = sorted(STORES.glob("format-*.tar.gz"))
    count.check(len(archives) >= 2, f"stores of all formats: {archives}")
    for archive in archives:
        graph = folder / archive.name.split(".")[0]
        with tarfile.open(archive) as tar:
            tar.extractall(graph)
        expected = archive.with_name(archive.name.replace(".tar.gz", ".dump")).read_text(encoding="utf-8")
        count.same(program.run("dump", "--graph", graph), expected, f"{archive.name}: the dump")
        program.run("check", "--graph", graph)
        program.run("query", "MATCH (p:Person {name: 'Ann'}) SET p.seen = 1", "--graph", graph)
        count.check("seen: 1" in program.run("dump", "--graph", graph), f"{archive.name}: is written")
        reads_on(program, graph, archive.name, count)
        program.run("check", "--graph", graph)


def reads_on(program, graph, name, count):
    """A document that comes to a store of an earlier format speaks of the nodes that are there."""
    text = graph.with_name(f"more-{graph.name}.txt")
    text.write_text("T/9\n\nArmenia\n\n[Original: English]\n[1 June 2016]\n\nWe signed the Arms Trade Treaty.\n",
                    encoding="utf-8")
    program.run("build", text, "--graph", graph)
    found = program.run("query", "MATCH (s:State {name: 'Armenia'}) OPTIONAL MATCH (s)-[r:SIGNED]->() "
                        "RETURN count(DISTINCT s) AS nodes, count(r) AS signed", "--graph", graph)
    count.check(found.split()[-2:] == ["1", "1"], f"{name}: one State after one more document: {found}")


def lists_by_hand(program, folder, count):
    """Setting one property of a derived node leaves its aliases to the documents."""
    text = folder / "alias.txt"
    text.write_text("T/8\n\nArmenia\n\n[Original: English]\n[1 June 2016]\n\nWe signed the Arms Trade Treaty.\n",
                    encoding="utf-8")
    program.run("build", text, "--graph", "l")
    program.run("query", "MATCH (s:State) SET s.noted = [1, 'a']", "--graph", "l")
    program.run("query", "MATCH (s:State) SET s.seen = 1", "--graph", "l")
    dump = program.run("dump", "--graph", "l")
    count.check('manual node State "Armenia" {noted: [1, "a"], seen: 1}' in dump, f"what a person set: {dump}")


def backup(program, folder, count):
    dump = program.run("dump", "--graph", "g")
    program.run("backup", "b", "--graph", "g")
    count.same(program.run("dump", "--graph", "b"), dump, "the backup")
    program.run("backup", "b", "--graph", "g", code=4)
    program.run("query", "MATCH (n) DETACH DELETE n", "--graph", "g")
    count.same(program.run("dump", "--graph", "b"), dump, "the backup after the original changed")
    program.run("restore", "b", "--graph", "g", code=4)
    program.run("restore", "b", "--graph", "g", "--force")
    count.same(program.run("dump", "--graph", "g"), dump, "what was restored")
    program.run("restore", "b", "--graph", "elsewhere")
    count.same(program.run("dump", "--graph", "elsewhere"), dump, "what was restored elsewhere")
    program.run("compact", "--graph", "g")
    count.same(program.run("dump", "--graph", "g"), dump, "what was compacted")
    count.check("0 problems" in program.run("check", "--repair", "--graph", "g"), "repair of a sound graph")
    program.run("backup", "x", "--graph", "nowhere", code=4)
    count.check(not (folder / "x").exists(), "a backup that failed leaves no folder")


def lost_logs(program, folder, count):
    """Commits that are gone with a log are missed; a backup does not need its log."""
    program.run("query", "CREATE (:A {x: 1}); CREATE (:B)", "--create", "--graph", "w")
    program.run("query", "MATCH (b:B) SET b.y = 2", "--graph", "w")
    program.run("backup", "wb", "--graph", "w")
    for share in (None, 0, 0.3, 0.9):
        shutil.rmtree(folder / "cut", ignore_errors=True)
        shutil.copytree(folder / "w", folder / "cut")
        for log in (folder / "cut/store").glob("*.log"):
            size = log.stat().st_size
            os.truncate(log, int(size * share)) if share is not None else log.unlink()
        for command in (("query", "RETURN 1"), ("check",), ("check", "--repair"), ("stats",)):
            code, printed = program.outcome(*command, "--graph", "cut")
            count.check(code == 4 and "commits are missing" in printed, f"{share}: {command} ends with {code}: {printed}")
    (folder / "cut/last").unlink()
    program.run("check", "--graph", "cut")
    dump = program.run("dump", "--graph", "w")
    for log in (folder / "wb/store").glob("*.log"):
        log.unlink()
    count.same(program.run("dump", "--graph", "wb"), dump, "a backup without its log")
    program.run("restore", "wb", "--graph", "wr")
    count.same(program.run("dump", "--graph", "wr"), dump, "what was restored of a backup without its log")


def damaged_tails(program, folder, count):
    """A flipped bit near the end of any table file is noticed, or does no harm; the program lives."""
    for name in "wxy":
        program.run("query", f"CREATE (:A {{t: '{name}'}})", "--create", "--graph", "t")
    tables = sorted((folder / "t/store").glob("*.sst"))
    count.check(len(tables) > 0, "there are table files")
    for table in tables:
        sound = table.read_bytes()
        for back in range(1, 140):
            data = bytearray(sound)
            data[-back] ^= 0x80
            table.write_bytes(data)
            code, printed = program.outcome("query", "MATCH (n) RETURN count(n)", "--graph", "t")
            count.check(code == 4 or (code == 0 and "3" in printed), f"{table.name} byte -{back} ends with {code}: {printed}")
        table.write_bytes(sound)


def places_inside(program, folder, count):
    """A backup does not go into the graph, nor a graph into a backup."""
    for place in ("g/in", "g/store/b", "g"):
        code, printed = program.outcome("backup", place, "--graph", "g")
        count.check(code == 1 and "in the folder of the graph" in printed, f"backup to {place}: {code} {printed}")
    code, printed = program.outcome("restore", "b", "--graph", "b/store/y")
    count.check(code == 1 and "in the folder of the graph" in printed, f"restore into the backup: {code} {printed}")


def restore_spares(program, folder, count):
    """Only a graph is replaced, and no folder beside it is taken for a place to work in."""
    others = {name: folder / name / "letter.txt" for name in ("letters", "o.restored", "o.replaced")}
    for letter in others.values():
        letter.parent.mkdir()
        letter.write_text("mine")
    for force in ((), ("--force",)):
        code, printed = program.outcome("restore", "b", "--graph", "letters", *force)
        count.check(code == 4 and "holds other things ('letter.txt')" in printed, f"restore over letters: {printed}")
    code, printed = program.outcome("restore", "b", "--graph", "letters/letter.txt", "--force")
    count.check(code == 4 and "is not a folder" in printed, f"restore over a letter: {printed}")
    dump = program.run("dump", "--graph", "b")
    program.run("restore", "b", "--graph", "o/")
    program.run("restore", "b", "--graph", "o/", "--force")
    for letter in others.values():
        count.check(letter.is_file() and letter.read_text() == "mine", f"{letter} is still there")
    for place in ("k", "k.restored", "k.replaced"):
        program.run("backup", place, "--graph", "b")
    for place in ("k.restored", "k.replaced"):
        program.run("restore", place, "--graph", "k", "--force")
        count.same(program.run("dump", "--graph", place), dump, "a backup is as it was when it was restored")
    (folder / "link").symlink_to("k")
    program.run("restore", "b", "--graph", "link", "--force")
    count.check((folder / "link").is_symlink(), "a link to a graph stays one")


def export_spares(program, folder, count):
    """An export replaces files, and neither devices nor what lies beside."""
    mine = folder / "x.partial" / "letter.txt"
    mine.parent.mkdir()
    mine.write_text("mine")
    program.run("export", "--format", "gephi-csv", "-o", "x/", "--graph", "b")
    count.check(mine.read_text() == "mine" and (folder / "x/nodes.csv").is_file(), "a folder is written beside others")
    os.mkfifo(folder / "pipe.dot")
    with open(folder / "read.dot", "wb") as read:
        reader = subprocess.Popen(["cat", folder / "pipe.dot"], stdout=read)
        program.run("export", "-o", "pipe.dot", "--graph", "b")
        reader.wait()
    count.check((folder / "read.dot").read_bytes().startswith(b"digraph") and (folder / "pipe.dot").is_fifo(),
                "a pipe is written to")
    (folder / "file.dot").write_text("")
    (folder / "link.dot").symlink_to("file.dot")
    program.run("export", "-o", "link.dot", "--graph", "b")
    count.check((folder / "link.dot").is_symlink() and (folder / "file.dot").read_text().startswith("digraph"),
                "a link is followed")


def read_only(program, folder, count):
    """A graph on read-only media opens and answers, with a snapshot and without."""
    for missing in (False, True):
        shutil.rmtree(folder / "r", ignore_errors=True)
        shutil.copytree(folder / "g", folder / "r")
        if missing:
            (folder / "r/snapshot").unlink(missing_ok=True)
        paths = [folder / "r", *(folder / "r").rglob("*")]
        modes = {path: path.stat().st_mode for path in paths}
        for path in paths:
            path.chmod(modes[path] & ~(stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))
        printed = program.run("query", "MATCH (s:State) RETURN count(s) > 0 AS some", "--mode", "csv", "--graph", "r")
        count.check("true" in printed, "a read-only graph answers")
        for path in paths:
            path.chmod(modes[path])


def importing(program, folder, count):
    (folder / "p.csv").write_text("id:ID,name\n1,Ann\n2,Bo\n")
    (folder / "k.csv").write_text(":START_ID,:END_ID,since:int\n1,2,2001\n2,9,2002\n")
    arguments = ["import", "--nodes", "Person=p.csv", "--relationships", "KNOWS=k.csv", "--graph", "i"]
    code, printed = program.outcome(*arguments)
    count.check(code != 0 and "k.csv:3:3: there is no node with the id '9'" in printed, f"a bad row: {printed}")
    count.same(program.run("query", "MATCH (n) RETURN count(n) AS n", "--mode", "csv", "--graph", "i").split()[1], "0",
               "nothing of a failed import")
    printed = program.run(*arguments, "--max-errors", "1", "--index", "Person:name", code=5)
    count.check("2 nodes, 1 relationships" in printed and "1 bad row\n" in printed, printed)
    exported = program.run("export", "--format", "jsonl", "--graph", "i")
    (folder / "i.jsonl").write_text(exported)
    program.run("import", "i.jsonl", "--graph", "j")
    dumps = [program.run("dump", "--graph", name).replace('schema "index', "#").split("#")[0] for name in "ij"]
    count.same(dumps[0], dumps[1], "what goes out as JSON Lines comes in the same")


def scripts(program, folder, count):
    """A script of openCypher brings back every text, also what no line of a file may hold."""
    program.run("query", "CREATE (:N {t: 'a\\u0001\\u001B[31m\\u007F\\n\\r\\t\\\\u\\uFFFE;'})-[:R {l: ['', ';']}]->(:N)",
                "--create", "--graph", "s")
    program.run("query", "CREATE (:A {_id: 7})-[:R {_id: 8}]->(:_Made {_id: 9})", "--graph", "s")
    (folder / "s.cypher").write_text(program.run("export", "--format", "cypher", "--graph", "s"))
    program.run("query", "--file", "s.cypher", "--create", "--graph", "again")
    count.same(program.run("dump", "--graph", "again"), program.run("dump", "--graph", "s"), "a script makes the graph again")
    program.run("query", "CREATE (:There {_id: 1})", "--create", "--graph", "filled")
    (folder / "one.cypher").write_text(program.run("export", "--format", "cypher", "--graph", "w"))
    program.run("query", "--file", "one.cypher", "--graph", "filled")
    count.check("_id: 1" in program.run("dump", "--graph", "filled"), "a script spares what was there")


def main():
    count = Count()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        program = Program(sys.argv[1], folder)
        program.run("build", *samples()[:2], "--graph", "g")
        program.run("query", "CREATE (:Note {n: 1})", "--graph", "g")
        earlier_formats(program, folder, count)
        lists_by_hand(program, folder, count)
        backup(program, folder, count)
        lost_logs(program, folder, count)
        damaged_tails(program, folder, count)
        places_inside(program, folder, count)
        restore_spares(program, folder, count)
        export_spares(program, folder, count)
        if os.geteuid() != 0:
            read_only(program, folder, count)
        else:
            read_only(program, folder, count)  # root may write everywhere: this shows only that it answers
        importing(program, folder, count)
        scripts(program, folder, count)
    count.end()


if __name__ == "__main__":
    main()
