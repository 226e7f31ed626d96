#!/usr/bin/env python3
"""The transcript runner must be able to fail: pages with wrong expectations are each reported."""
import pathlib
import subprocess
import sys
import tempfile

RUNNER = pathlib.Path(__file__).with_name("run.py")

# name, block, whether it must pass
CASES = [
    ("same text", "$ echo a; echo b\na\nb", True),
    ("any lines", "$ seq 5\n1\n...\n5", True),
    ("any text in a line", "$ echo hash 1234\nhash ...", True),
    ("exit code", "$ echo no; exit 3\nno\n[exit 3]", True),
    ("nothing expected", "$ echo whatever", True),
    ("a file", "$ true\n```\n```yaml a/b.yml\nk: v\n```\n```console\n$ cat a/b.yml\nk: v", True),
    ("other text", "$ echo a\nb", False),
    ("a line too many", "$ seq 2\n1", False),
    ("a line too few", "$ seq 2\n1\n2\n3", False),
    ("other exit code", "$ exit 3\n[exit 4]", False),
    ("exit code not said", "$ echo a; exit 1\na", False),
    ("fails silently", "$ exit 1", False),
]

wrong = 0
for name, block, good in CASES:
    with tempfile.TemporaryDirectory() as folder:
        page = pathlib.Path(folder) / "page.md"
        page.write_text(f"```console\n{block}\n```\n", encoding="utf-8")
        run = subprocess.run([sys.executable, RUNNER, "--program", sys.executable, page], capture_output=True,
                             text=True)
        if (run.returncode == 0) != good:
            wrong += 1
            print(f"FAIL {name}: the runner said\n{run.stdout}{run.stderr}")
print(f"{len(CASES) - wrong} passed, {wrong} failed")
sys.exit(1 if wrong else 0)
