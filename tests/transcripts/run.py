#!/usr/bin/env python3
"""Runs the commands that a Markdown page shows, and compares what they print.

usage: run.py --program PATH [--update] PAGE.md…

In a block that starts with ```console, a line that starts with "$ " is a command (a backslash at its end
goes on in the next line); what follows is what it prints on both streams, up to the next command or the end
of the block. There, a line "..." stands for any number of lines, "..." inside a line for any text, and a
last line "[exit N]" for an exit code other than 0. A command with nothing below it may print anything, but
must succeed. A block that starts with a language and a path (```yaml pack/pack.yml) is a file: it is written
there. All blocks of a page run one after the other in one new folder, which has data/, docs/ and tests/packs/
of the source tree in it. Blocks that start with ```console no-run are left out.

--update writes what was printed into the page, keeping lines that match.
"""
import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def matches(expected, actual):
    """Whether printed lines match expected lines, in which "..." stands for anything."""
    if not expected:
        return not actual
    if expected[0] == "...":
        return any(matches(expected[1:], actual[i:]) for i in range(len(actual) + 1))
    if not actual:
        return False
    pattern = ".*".join(re.escape(part) for part in expected[0].split("..."))
    return re.fullmatch(pattern, actual[0]) is not None and matches(expected[1:], actual[1:])


class Page:
    def __init__(self, path, program):
        self.path, self.lines = path, path.read_text(encoding="utf-8").split("\n")
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="transcript-"))
        for name in ("data", "docs", "tests/packs"):
            if (ROOT / name).exists():
                shutil.copytree(ROOT / name, self.folder / name)
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith("VERBALE_")}
        self.environment.update(PATH=f"{program.parent}:{os.environ['PATH']}", NO_COLOR="1", LC_ALL="C.UTF-8",
                                VERBALE_SHARED=os.environ.get("VERBALE_SHARED", str(ROOT / "../shared")))

    def commands(self):
        """(line of the command, command, expected lines, line behind them) of every block; files are written."""
        at = 0
        while at < len(self.lines):
            file = re.fullmatch(r"```[a-z]+ ([\w-]+/[\w./-]+)", self.lines[at].rstrip())
            if file:
                at = self.write_file(file[1], at + 1)
            elif self.lines[at].rstrip() != "```console":
                at += 1
            else:
                at = yield from self.block(at + 1)

    def write_file(self, name, at):
        """Writes the file that stands in the block from line `at` on; the line behind it."""
        end = self.lines.index("```", at)
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(self.lines[at:end]) + "\n", encoding="utf-8")
        return end + 1

    def block(self, at):
        """The commands of one block; the line behind it."""
        while at < len(self.lines) and not self.lines[at].startswith("```"):
            first, command = at, self.lines[at]
            if not command.startswith("$ "):
                raise SystemExit(f"{self.path}:{at + 1}: expected a command ('$ …'), found: {command}")
            while command.endswith("\\"):
                at += 1
                command += "\n" + self.lines[at]
            at += 1
            begin = at
            while at < len(self.lines) and not self.lines[at].startswith(("$ ", "```")):
                at += 1
            yield first, command[2:], begin, at
        return at

    def run(self, update):
        failures, edits, count = 0, [], 0
        for first, command, begin, end in self.commands():
            count += 1
            done = subprocess.run(["bash", "-c", command], cwd=self.folder, env=self.environment, text=True,
                                  stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                  timeout=300)
            printed = done.stdout.split("\n")
            if printed and printed[-1] == "":
                printed.pop()
            if done.returncode:
                printed.append(f"[exit {done.returncode}]")
            expected = self.lines[begin:end]
            good = matches(expected, printed) if expected else done.returncode == 0
            if good:
                continue
            if update:
                edits.append((begin, end, printed))
                continue
            failures += 1
            print(f"FAIL {self.path}:{first + 1}: {command}\n  expected:")
            print("".join(f"    {line}\n" for line in expected), end="")
            print("  printed:")
            print("".join(f"    {line}\n" for line in printed), end="")
        for begin, end, printed in reversed(edits):
            self.lines[begin:end] = printed
        if edits:
            self.path.write_text("\n".join(self.lines), encoding="utf-8")
        shutil.rmtree(self.folder)
        return count, failures


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--program", required=True, type=pathlib.Path)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("pages", nargs="+", type=pathlib.Path)
    args = parser.parse_args()
    passed = failed = 0
    for path in args.pages:
        count, failures = Page(path, args.program.resolve()).run(args.update)
        passed, failed = passed + count - failures, failed + failures
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
