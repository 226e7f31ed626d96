"""What the tests of the whole program share: running it, and making many small documents."""
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SHARED = pathlib.Path(os.environ.get("VERBALE_SHARED", ROOT / "../shared")).resolve()
REPORTS = [SHARED / "corpus" / name for name in ("A-70-172.txt", "A-72-315.txt")]


class Program:
    """The program under test, in a folder and with an environment of its own."""

    def __init__(self, path, folder):
        self.path, self.folder = str(pathlib.Path(path).resolve()), folder
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith("VERBALE_")}

    def run(self, *arguments, code=0, folder=None, environment=(), stdin=None):
        """Standard output; anything but exit code `code` (None: any) ends the test."""
        done = subprocess.run([self.path, *map(str, arguments)], cwd=folder or self.folder, input=stdin,
                              env={**self.environment, **dict(environment)}, capture_output=True)
        if code is not None and done.returncode != code:
            sys.exit(f"verbale {' '.join(map(str, arguments))}: exit {done.returncode}, expected {code}\n"
                     f"{done.stdout.decode(errors='replace')}{done.stderr.decode(errors='replace')}")
        return done.stdout.decode(errors="replace")

    def outcome(self, *arguments):
        """Exit code, and what was printed: to standard output, or where that was nothing to standard error."""
        done = subprocess.run([self.path, *map(str, arguments)], cwd=self.folder, env=self.environment,
                              capture_output=True)
        return done.returncode, (done.stdout or done.stderr).decode(errors="replace")

    def hash_of(self, printed):
        """The hash that build and load print."""
        return re.search(r"^hash\s+([0-9a-f]{64})$", printed, re.M)[1]


def samples():
    """The sample reports, and the official ones where they are at hand."""
    return sorted((ROOT / "data/replies").iterdir()) + [p for p in REPORTS if p.exists()]


def small_documents():
    """Many small texts, in the layout of a report, one reply each: (name, text)."""
    documents = []
    for path in sorted((ROOT / "data/replies").iterdir()):
        text = path.read_text(encoding="utf-8")
        parts = re.split(r"(?m)^(?=[^\n]+\n\n?\[Original: )", text)[1:]
        for number, part in enumerate(parts):
            symbol = f"T/{path.stem}/{number}"
            documents.append((f"{path.stem}-{number}.txt", f"{symbol}\n\nSample report\n\nII. Replies\n\n{part}"))
    assert len(documents) > 20, len(documents)
    # Names that are one thing, spelt in one way here and in another there.
    spellings = ("the Cyber Security Centre", "the cyber security centre", "the Cyber-Security Centre")
    for number, centre in enumerate(spellings):
        documents.append((f"spelt-{number}.txt", f"Finland established {centre} in 2015.\n"))
    # The gazetteer's name of a meeting, and that of its edition.
    documents.append(("edition.txt", "We thank the Moroccan presidency of COP 22 for its work.\n"))
    return documents


class Count:
    """Counts checks, prints what failed, ends with the closing line."""

    def __init__(self):
        self.passed = self.failed = 0

    def check(self, good, what):
        if good:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAIL {what}")
        return good

    def same(self, a, b, what):
        return self.check(a == b, f"{what}: {a} and {b}")

    def end(self):
        print(f"{self.passed} passed, {self.failed} failed")
        sys.exit(1 if self.failed else 0)
