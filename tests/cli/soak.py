#!/usr/bin/env python3
"""kill -9 under mixed load. Each round starts a command that writes (commits by Cypher, an import, a compaction, a
build, or whatever rewrites the snapshot), kills it in a phase that can be seen from outside, and then looks: the graph
opens, check is clean, every acknowledged commit is there, no half commit is.

usage: soak.py PROGRAM [KILLS] [LEAST_PER_PHASE]
"""
import collections
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time

from support import Count, Program, small_documents

PHASES = ["commit", "ingest", "compaction", "snapshot", "build"]


class Soak:
    def __init__(self, program, folder, rng, count):
        self.program, self.folder, self.rng, self.count = program, folder, rng, count
        self.graph = folder / "g"
        self.next_round, self.acknowledged, self.tried = 0, set(), {}
        self.documents = folder / "documents"
        self.documents.mkdir()
        for name, text in small_documents():
            (self.documents / name).write_text(text, encoding="utf-8")
        people = "".join(f"{i},person {i}\n" for i in range(30_000))
        (folder / "people.csv").write_text("id:ID,name\n" + people)
        likes = "".join(f"{i},{i * 7 % 30_000}\n" for i in range(30_000))
        (folder / "likes.csv").write_text(":START_ID,:END_ID\n" + likes)

    def start(self, *arguments, stdin=None):
        return subprocess.Popen([self.program.path, *map(str, arguments), "--graph", self.graph], cwd=self.folder,
                                env=self.program.environment, stdin=stdin, stdout=subprocess.PIPE,
                                stderr=subprocess.DEVNULL)

    def kill(self, process):
        if process.poll() is not None:
            return False
        process.send_signal(signal.SIGKILL)
        process.wait()
        return process.returncode == -signal.SIGKILL

    def wait_for(self, process, pattern):
        """Until a file of this pattern is in the graph's folder; False where the process ended before."""
        while process.poll() is None:
            if next(self.graph.glob(pattern), None):
                return True
            time.sleep(0.0003)
        return False

    def commit(self):
        """Statements one after the other; what was answered is acknowledged."""
        process = self.start("shell", "--mode", "line", stdin=subprocess.PIPE)
        number = self.rng.randint(1, 12)
        for i in range(number):
            key = f"{self.next_round}.{i}"
            size = self.rng.choice([1, 3, 200])
            self.tried[key] = size
            try:
                process.stdin.write(f"UNWIND range(1, {size}) AS i CREATE (n:Soak {{key: '{key}'}}) "
                                    f"RETURN count(n) AS made;\n".encode())
                process.stdin.flush()
            except BrokenPipeError:
                break
            if i < number - 1:
                line = process.stdout.readline()
                while line and b"made" not in line:
                    line = process.stdout.readline()
                if line:
                    self.acknowledged.add(key)
        time.sleep(self.rng.random() * 0.004)
        return self.kill(process)

    def ingest(self):
        process = self.start("import", "--nodes", "P=people.csv", "--relationships", "LIKES=likes.csv")
        if not self.wait_for(process, "store/run-*"):
            return False
        time.sleep(self.rng.random() * 0.06)
        return self.kill(process)

    def compaction(self):
        process = self.start("compact")
        time.sleep(0.01 + self.rng.random() * 0.08)
        return self.kill(process)

    def snapshot(self):
        """A commit large enough that the snapshot is written on closing."""
        key = f"{self.next_round}.s"
        self.tried[key] = 6000
        process = self.start("query", f"UNWIND range(1, 6000) AS i CREATE (:Soak {{key: '{key}'}})")
        if not self.wait_for(process, "snapshot.new.*"):
            return False
        time.sleep(self.rng.random() * 0.01)
        return self.kill(process)

    def build(self):
        for path in sorted(self.documents.iterdir()):
            if self.rng.random() < 0.3:
                path.write_text(path.read_text(encoding="utf-8") + f"\nNote {self.rng.random()}.\n", encoding="utf-8")
        process = self.start("build", "--quiet", self.documents)
        time.sleep(0.02 + self.rng.random() * 0.15)
        return self.kill(process)

    def look(self, where):
        if not self.graph.exists():
            return
        code, printed = self.program.outcome("check", "--graph", self.graph)
        self.count.check(code == 0, f"{where}: check says {printed[-300:]}")
        code, printed = self.program.outcome(
            "query", "MATCH (n:Soak) RETURN n.key AS key, count(*) AS number ORDER BY key", "--mode", "csv", "--graph",
            self.graph)
        self.count.check(code == 0, f"{where}: the graph does not answer ({code})")
        found = dict(line.rsplit(",", 1) for line in printed.split()[1:])
        for key in self.acknowledged - found.keys():
            self.count.check(False, f"{where}: acknowledged {key} is lost")
        for key, number in found.items():
            self.count.check(int(number) == self.tried[key], f"{where}: {number} of {self.tried[key]} of {key}")


def main():
    kills = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    least = int(sys.argv[3]) if len(sys.argv) > 3 else 20
    rng, count, hits = random.Random(9), Count(), collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        soak = Soak(Program(sys.argv[1], pathlib.Path(folder)), pathlib.Path(folder), rng, count)
        soak.program.run("query", "CREATE (:Start)", "--graph", "g") if soak.graph.exists() else soak.program.run(
            "build", soak.documents, "--graph", "g")
        for attempt in range(20 * kills):
            if sum(hits.values()) >= kills and min(hits[p] for p in PHASES) >= least:
                break
            phase = min(PHASES, key=lambda p: (hits[p] >= least, rng.random()))
            soak.next_round = attempt
            if getattr(soak, phase)():
                hits[phase] += 1
                soak.look(f"kill {sum(hits.values())} in {phase}")
        print("kills by phase: " + ", ".join(f"{p} {hits[p]}" for p in PHASES))
        print(f"{len(soak.acknowledged)} acknowledged commits")
        for phase in PHASES:
            count.check(hits[phase] >= least, f"only {hits[phase]} kills in {phase}")
    count.end()


if __name__ == "__main__":
    main()
