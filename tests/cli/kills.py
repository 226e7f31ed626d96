#!/usr/bin/env python3
"""kill -9 during build: afterwards the graph opens, checks and verifies clean, and the next build completes to
the hash of a build from scratch. Kills are counted by the phase that they hit.

usage: kills.py PROGRAM [KILLS] [LEAST_PER_PHASE]
"""
import collections
import pathlib
import random
import re
import signal
import subprocess
import sys
import tempfile
import time

from support import Count, Program, small_documents

PHASES = ["reading", "committing", "retracting", "finishing"]


class World:
    """A folder of documents that changes from build to build."""

    def __init__(self, folder, rng):
        self.folder, self.rng, self.texts = folder, rng, small_documents()
        folder.mkdir()
        for copy in range(12):
            for name, text in self.texts:
                symbol = text.split("\n", 1)[0]
                (folder / f"{copy}-{name}").write_text(text.replace(symbol, f"{symbol}/{copy}", 1), encoding="utf-8")
        self.kept = {}

    def change(self):
        """Edits a third of the files, takes some away, brings earlier ones back."""
        for name, text in list(self.kept.items()):
            if self.rng.random() < 0.5:
                (self.folder / name).write_text(text, encoding="utf-8")
                del self.kept[name]
        for path in sorted(self.folder.iterdir()):
            chance = self.rng.random()
            if chance < 0.15:
                self.kept[path.name] = path.read_text(encoding="utf-8")
                path.unlink()
            elif chance < 0.5:
                path.write_text(path.read_text(encoding="utf-8") + f"\n\nNote {self.rng.random()}.\n",
                                encoding="utf-8")


def kill_in(program, texts, graph, phase, log, rng):
    """Starts a build, waits for the phase, a moment more, and kills it. The phase that was hit, or None."""
    log.unlink(missing_ok=True)
    build = subprocess.Popen([program.path, "build", "--quiet", texts, "--graph", graph], cwd=program.folder,
                             env={**program.environment, "VERBALE_PHASE_LOG": str(log)},
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wanted = 1 if phase in ("retracting", "finishing") else rng.randint(1, 3)
    while build.poll() is None:
        seen = log.read_text().split() if log.exists() else []
        if seen.count(phase) >= wanted:
            time.sleep(rng.random() * (0.03 if phase == "reading" else 0.004))
            break
        time.sleep(0.0002)
    if build.poll() is not None:
        return None
    build.send_signal(signal.SIGKILL)
    build.wait()
    if build.returncode != -signal.SIGKILL:
        return None
    seen = log.read_text().split()
    return seen[-1] if seen else None


def main():
    kills = int(sys.argv[2]) if len(sys.argv) > 2 else 100
    least = int(sys.argv[3]) if len(sys.argv) > 3 else 10
    rng, count, hits = random.Random(7), Count(), collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        program = Program(sys.argv[1], folder)
        world = World(folder / "texts", rng)
        tries = 0
        while sum(hits.values()) < kills or min(hits[p] for p in PHASES) < least:
            tries += 1
            if tries > 12 * kills:
                break
            world.change()
            phase = min(PHASES, key=lambda p: hits[p])
            hit = kill_in(program, world.folder, "g", phase, folder / "phases", rng)
            if hit is None:
                continue
            hits[hit] += 1
            where = f"kill {sum(hits.values())} in {hit}"
            if (folder / "g").exists():
                for command in (["check"], ["verify", "--quotes-only"]):
                    printed = program.run(*command, "--graph", "g", code=None)
                    # Files that changed since the stored build are named by verify; lost quotes follow from them.
                    problems = [line for line in printed.splitlines()
                                if "problems" not in line and "changed" not in line and "lost its proof" not in line
                                and "is gone" not in line]
                    count.check(not problems, f"{where}: {command[0]} says {problems[:3]}")
            again = program.hash_of(program.run("build", world.folder, "--graph", "g"))
            if sum(hits.values()) % 5 == 0 or hit != "reading":
                scratch = program.run("build", world.folder, "--engine", "memory")
                count.same(again, program.hash_of(scratch), f"{where}: the next build")
            clean = program.run("verify", "--graph", "g", code=None) if sum(hits.values()) % 20 == 0 else "0 problems"
            count.check(re.search(r"\b0 problems$", clean.strip()) is not None, f"{where}: verify says {clean[-300:]}")
        print("kills by phase: " + ", ".join(f"{p} {hits[p]}" for p in PHASES))
        for phase in PHASES:
            count.check(hits[phase] >= least, f"only {hits[phase]} kills in {phase}")
    count.end()


if __name__ == "__main__":
    main()
