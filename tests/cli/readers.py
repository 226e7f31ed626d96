#!/usr/bin/env python3
"""Many processes read while another writes: each sees one state from first to last row. And a lock that a dead process
left is no obstacle.

usage: readers.py PROGRAM [ROUNDS]
"""
import concurrent.futures
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

from support import Count, Program

# Every commit adds one of each, and a relationship between the two.
WRITE = "CREATE (:A {n: 1})-[:R]->(:B {n: 1})"
READ = ("MATCH (a:A) WITH count(a) AS a MATCH (b:B) WITH a, count(b) AS b "
        "MATCH ()-[r:R]->() WITH a, b, count(r) AS r MATCH (n) WITH a, b, r, sum(n.n) AS n RETURN a, b, r, n")


def main():
    count, rounds = Count(), int(sys.argv[2]) if len(sys.argv) > 2 else 100
    with tempfile.TemporaryDirectory() as folder:
        program = Program(sys.argv[1], pathlib.Path(folder))
        (pathlib.Path(folder) / "a.csv").write_text("x:int\n1\n")
        program.run("import", "--nodes", "Start=a.csv", "--graph", "g")
        program.run("query", WRITE, "--graph", "g")
        writer = subprocess.Popen([program.path, "shell", "--graph", "g"], cwd=folder, env=program.environment,
                                  stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        written = 0

        def read(_):
            return program.outcome("query", READ, "--mode", "csv", "--graph", "g")

        seen = set()
        with concurrent.futures.ThreadPoolExecutor(20) as pool:
            for _ in range(rounds):
                readers = [pool.submit(read, i) for i in range(20)]
                while not all(r.done() for r in readers):
                    writer.stdin.write((WRITE + ";\n").encode() * 20)
                    writer.stdin.flush()
                    written += 20
                    concurrent.futures.wait(readers, timeout=0.05)
                for reader in readers:
                    code, printed = reader.result()
                    if not count.check(code == 0, f"a reader ends with {code}: {printed}"):
                        continue
                    a, b, r, n = map(int, printed.split()[1].split(","))
                    count.check(a == b == r and n == 2 * a, f"a reader saw {a} A, {b} B, {r} R and a sum of {n}")
                    seen.add(a)
        writer.stdin.write(b"BEGIN;\n")
        writer.stdin.flush()
        code = 0
        for _ in range(100):  # Until it is there.
            if code == 4:
                break
            code, printed = program.outcome("query", WRITE, "--graph", "g")
            time.sleep(0.05)
        count.check(code == 4 and f"pid {writer.pid}" in printed, f"a second writer is told of the first: {printed}")
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        program.run("query", WRITE, "--graph", "g")
        program.run("check", "--graph", "g")
        print(f"{written} commits asked for, {len(seen)} different states seen")
        count.check(len(seen) > 3, "readers saw the writer's progress")
    count.end()


if __name__ == "__main__":
    main()
