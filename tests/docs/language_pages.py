#!/usr/bin/env python3
"""The pages about the language name all of it: every function that SHOW FUNCTIONS lists stands in docs/functions.md,
in a table or text and in a command that is run; every procedure and every keyword in docs/query-language.md
(algo.* in docs/algorithms.md); and they name nothing that is not there.

usage: language_pages.py VERBALE
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def ask(program, statement):
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([program, "query", "--create", "--mode", "json", statement], cwd=folder, check=True,
                              capture_output=True, text=True)
    return json.loads(done.stdout)


def split(page):
    """(text, commands with what they print) of a page."""
    blocks = re.findall(r"^```console$(.*?)^```$", page, re.M | re.S)
    return re.sub(r"^```console$.*?^```$", "", page, flags=re.M | re.S), "\n".join(blocks)


def missing_functions(program, page):
    text, commands = split(page)
    quoted = " ".join(re.findall(r"`([^`]+)`", text))
    for row in ask(program, "SHOW FUNCTIONS"):
        name = row["name"]
        # `date.truncate(…)`, and of `time`: the other types are said with the first.
        family, _, member = name.partition(".")
        said = re.search(rf"(?<![\w.]){re.escape(name)}\b", quoted)
        if not said and member:
            said = re.search(rf"`date\.{member}\(", text) and re.search(rf"(?<![\w.]){family}\b", quoted)
        if not said:
            yield f"docs/functions.md does not explain {name}()"
        if not re.search(rf"(?<![\w.]){re.escape(name)}\(", commands):
            yield f"docs/functions.md has no command with {name}()"


def missing_procedures(program, page):
    names = {row["name"] for row in ask(program, "SHOW PROCEDURES")}
    algorithms = (ROOT / "docs/algorithms.md").read_text(encoding="utf-8")
    for name in sorted(names):
        if name.startswith("algo."):
            for said in (f"| `{name}` |", f"CALL {name}("):
                if said not in algorithms:
                    yield f"docs/algorithms.md has no {said}"
            continue
        if f"| `{name}(" not in page:
            yield f"docs/query-language.md does not list {name}()"
        if f"CALL {name}" not in page:
            yield f"docs/query-language.md has no command with {name}()"
    for name in re.findall(r"^\| `(db[\w.]+)\(", page, re.M):
        if name not in names:
            yield f"docs/query-language.md lists {name}(), which is none"


def wrong_keywords(page):
    source = (ROOT / "query/parse/keywords.h").read_text(encoding="utf-8")
    table = re.findall(r'KeywordInfo\{"(\w+)"(, true)?\}', source)
    section = page.split("\n## Keywords\n")[1].split("\n## ")[0]
    reserved, _, other = section.partition("in their place only:")
    said = {True: set(re.findall(r"`([A-Z]+)`", reserved)), False: set(re.findall(r"`([A-Z]+)`", other))}
    known = {flag: {word for word, mark in table if bool(mark) == flag} for flag in (True, False)}
    for flag in (True, False):
        for word in sorted(said[flag] ^ known[flag]):
            yield f"docs/query-language.md, Keywords: {word} is missing, is none or stands in the wrong list"


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    functions = (ROOT / "docs/functions.md").read_text(encoding="utf-8")
    language = (ROOT / "docs/query-language.md").read_text(encoding="utf-8")
    faults = [*missing_functions(program, functions), *missing_procedures(program, language), *wrong_keywords(language)]
    for fault in faults:
        print(f"FAIL {fault}")
    print(f"{len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
