"""The shell on a terminal: what a person types, and what they then see.

Each test drives the program on a pseudo-terminal and looks for what must appear there.
"""
import os
import pathlib
import pty
import re
import select
import signal
import stat
import subprocess
import sys
import tempfile
import time

from support import Count, Program

ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x07")


class Terminal:
    """The program on a terminal of its own, 80 columns wide."""

    def __init__(self, program, *arguments, environment=(), columns=80):
        self.seen, self.at = "", 0
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(program.folder)
            os.execve(program.path, [program.path, *arguments],
                      {**program.environment, "TERM": "xterm", **dict(environment)})
        import fcntl
        import struct
        import termios
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))

    def read(self, seconds):
        ready, _, _ = select.select([self.fd], [], [], seconds)
        if not ready:
            return False
        try:
            got = os.read(self.fd, 65536)
        except OSError:
            return False
        self.seen += got.decode(errors="replace")
        return bool(got)

    def expect(self, pattern, seconds=20):
        """Reads until `pattern` appears behind what was expected before; what was read, or None."""
        end = time.monotonic() + seconds
        while True:
            plain = ESCAPES.sub("", self.seen).replace("\r", "")
            found = re.search(pattern, plain[self.at:])
            if found:
                text = plain[self.at:self.at + found.end()]
                self.at += found.end()
                return text
            if time.monotonic() > end or not self.read(0.2) and self.gone():
                return None

    def gone(self):
        return os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None

    def type(self, text):
        os.write(self.fd, text.encode())

    def say(self, line, pattern):
        self.type(line + "\r")
        return self.expect(pattern)

    def code(self):
        """The exit code; 128 and the signal where one ended it. Waits at most a minute, since disks may be busy."""
        end = time.monotonic() + 60
        while not self.gone() and time.monotonic() < end:
            self.read(0.1)
        if not self.gone():
            os.kill(self.pid, signal.SIGKILL)
        _, status = os.waitpid(self.pid, 0)
        os.close(self.fd)
        return os.waitstatus_to_exitcode(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status)


PROMPT = r"verbale> $"
SETUP = ("CREATE (a:State {name: 'Armenia'})-[:RATIFIED]->(:Treaty {name: 'Convention'}), "
         "(:State {name: 'Norway'})")


def editing(count, program):
    shell = Terminal(program, "shell", "--no-init")
    count.check(shell.expect(r"verbale \S+ · verbale.graph: 3 nodes, 1 relationships\n.*:help"), "banner")
    count.check(shell.expect(PROMPT), "prompt")
    shell.type("MATCH (s:State)\r")
    count.check(shell.expect(r"     \.\.\. $"), "a statement goes on until its semicolon")
    shell.type("RETURN s.name AS state ORDER BY state;\r")
    box = shell.expect(PROMPT)
    count.check(box and "┌─────────┐\n│ state   │\n├─────────┤\n│ Armenia │\n│ Norway  │\n└─────────┘\n2 rows · "
                in box, f"box and footer: {box}")
    count.check(box and re.search(r"2 rows · [\d.]+ ms", box), "time")
    shell.type("\x1b[A\r")  # arrow up: the whole statement again
    again = shell.expect(r"2 rows")
    count.check(again and "Norway" in again, "arrow-up brings the statement back")
    shell.expect(PROMPT)
    shell.type("RETURN 'ä' + 'ö\x7fü' AS x;\r")
    count.check(shell.expect(r"│ äü │"), "editing of letters beyond ASCII")
    shell.expect(PROMPT)
    shell.type("\x04")
    count.same(shell.code(), 0, "Ctrl-D leaves with 0")


def completion(count, program):
    shell = Terminal(program, "shell", "--no-init")
    shell.expect(PROMPT)
    for typed, shown in [("MATCH (s:Sta\t", r"MATCH \(s:State $"), ("MATCH ()-[:RAT\t", r"\[:RATIFIED $"),
                         ("mat\t", r"match $"), ("RETURN s.na\t", r"s\.name $"),
                         ("RETURN toUpp\t", r"toUpper\($"), (":mod\t", r":mode $"),
                         (":mode mark\t", r":mode markdown $"), ("RETURN to\t", r"toBoolean\([^$]*toUpper\("),
                         ("RETURN 'mat\t", r"RETURN 'mat$")]:
        shell.type(typed)
        count.check(shell.expect(shown, 5), f"completion of {typed!r}: {shell.seen[-200:]!r}")
        shell.type("\x15")  # clear the line
        time.sleep(0.05)
    shell.type("\x03")
    shell.expect(PROMPT)
    shell.type("\x1b[200~MATCH (s:State)\r\tRETURN count(s) AS n;\r\x1b[201~")
    time.sleep(0.2)
    count.check(not shell.expect(r"│ n │", 0.5), "pasted text waits for Enter")
    shell.type("\r")
    count.check(shell.expect(r"│ n │\n├───┤\n│ 2 │"), "pasted text runs as one")
    shell.expect(PROMPT)
    shell.say(":quit", "$")
    count.same(shell.code(), 0, ":quit leaves with 0")


def interrupts(count, program):
    shell = Terminal(program, "shell", "--no-init")
    shell.expect(PROMPT)
    shell.type("MATCH (s")
    time.sleep(0.2)
    shell.type("\x03")
    count.check(shell.expect(r"\^C\n") and shell.expect(PROMPT), "Ctrl-C forgets what was typed")
    shell.type("MATCH (t")
    time.sleep(0.2)
    shell.type("\x03")
    count.check(shell.expect(PROMPT), "as often as something is typed")
    count.check(shell.say("RETURN 1 AS one;", r"│   1 │"), "and the shell goes on")
    shell.expect(PROMPT)
    shell.type("UNWIND range(1, 60000000) AS a UNWIND range(1, 60000000) AS b RETURN count(*);\r")
    time.sleep(1)
    shell.type("\x03")
    count.check(shell.expect(r"verbale: error: .*cancel"), f"Ctrl-C stops a statement {shell.seen[-300:]!r}")
    count.check(shell.expect(PROMPT), "and gives the prompt back")
    for holds in ("WITH a, b ORDER BY b RETURN a", "CREATE (:X {i: a}) RETURN a"):
        shell.type(f"UNWIND range(1, 20000) AS a UNWIND range(1, 20000) AS b {holds};\r")
        time.sleep(1)
        shell.type("\x03")
        count.check(shell.expect(r"verbale: error: .*cancel"), f"and one that holds much {shell.seen[-300:]!r}")
        ended = shell.expect(PROMPT, 60)
        count.check(ended and "cancelled" not in ended, "and says so once")
        count.check(shell.say("RETURN missing;", r"verbale: error: .*missing"), "the next error is told")
        shell.expect(PROMPT)
    shell.type("\x03")
    shell.expect("once more")
    shell.type("\x03")
    count.same(shell.code(), 130, "Ctrl-C after Ctrl-C leaves with 130")
    shell = Terminal(program, "shell", "--no-init")
    shell.expect(PROMPT)
    os.kill(shell.pid, signal.SIGTERM)
    count.same(shell.code(), 143, "SIGTERM leaves with 143")


def progress(count, program):
    """A procedure that runs long says how far it is, on standard error where that is a terminal."""
    program.run("query", "--create", "--graph", "pairs", "UNWIND range(1, 5000) AS i CREATE (:P {i: i})-[:Q]->(:P)")
    shell = Terminal(program, "shell", "--no-init", "--graph", "pairs")
    shell.expect(PROMPT)
    for call, line in (("algo.eigenvector({tolerance: 1e-15, iterations: 1000000})", r"algo\.eigenvector: round \d+"),
                       ("algo.fruchterman_reingold({iterations: 1000000})",
                        r"[█░]+ algo\.fruchterman_reingold: 0 %")):
        shell.type(f"CALL {call} YIELD node RETURN count(*) AS n;\r")
        count.check(shell.expect(line), f"a line for {call}")
        shell.type("\x03")
        count.check(shell.expect(r"verbale: error: .*cancel") and "\r\x1b[Kverbale: error" in shell.seen,
                    f"that is wiped in the end {shell.seen[-200:]!r}")
        count.check(shell.expect(PROMPT), "and the prompt comes back")
    shell.type("\x04")
    shell.code()
    quick = program.run("query", "--graph", "pairs", "CALL algo.degree({}) YIELD node RETURN count(*) > 0 AS any")
    count.same(quick, "any\ntrue\n", "nothing of it where it is quick, or no terminal")


def interrupted_commands(count, program):
    """Ctrl-C on a command that is no conversation: it says so and ends, whatever the statement holds."""
    rows = "UNWIND range(1, 20000) AS a UNWIND range(1, 20000) AS b "
    for what, statement in (("counts", rows + "RETURN count(a + b)"),
                            ("keeps its rows", rows + "WITH DISTINCT a * 20001 + b AS x RETURN count(x)"),
                            ("writes", rows + "CREATE (:X {i: a})")):
        for form, said in (("text", b"verbale: error: the statement was cancelled\n"),
                           ("json", b'{"code":"LimitExceeded","gqlStatus":"')):
            running = subprocess.Popen([program.path, "query", "--errors", form, statement], cwd=program.folder,
                                       env=program.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            time.sleep(1)
            running.send_signal(signal.SIGINT)
            out, errors = running.communicate()
            count.same((running.returncode, out, errors[:len(said)]), (130, b"", said),
                       f"Ctrl-C on a statement that {what}, errors as {form}")
    left = program.run("query", "MATCH (x:X) RETURN count(x)")
    count.check(left.endswith("0\n"), f"nothing is left of it {left!r}")


def files(count, program, home):
    history = home / ".local/state/verbale/history"
    count.check(history.exists() and "MATCH (s:State)\\nRETURN s.name AS state ORDER BY state;\n" in
                history.read_text(), "history holds whole statements")
    count.same(stat.S_IMODE(history.stat().st_mode), 0o600, "history is its owner's")
    rc = home / ".config/verbale/rc"
    rc.parent.mkdir(parents=True)
    rc.write_text(":mode json\n:param one => 1\n")
    (pathlib.Path(program.folder) / ".verbalerc").write_text(":mode csv\n")
    count.same(program.run("shell", stdin=b"RETURN $one AS x;"), '[\n  {"x": 1}\n]\n', "the init file is run")
    count.same(program.run("shell", "--no-init", stdin=b"RETURN 1 AS x;"), "x\n1\n", "--no-init")


def locks(count, program):
    shell = Terminal(program, "shell", "--no-init")
    shell.expect(PROMPT)
    count.check(shell.say("CREATE (:Note);", r"1 node created, 1 label added"), "a statement writes")
    shell.expect(PROMPT)
    program.run("query", "CREATE (:Note)")
    shell.say(":reopen", PROMPT)
    count.check(shell.say("MATCH (n:Note) RETURN count(n) AS n;", r"│ 2 │"), "no lock is held at the prompt")
    shell.expect(PROMPT)
    count.check(shell.say(":begin", r"verbale\*> $"), "an open transaction shows in the prompt")
    program.run("query", "CREATE (:Note)", code=4)
    count.check(shell.say("CREATE (:Note);", "1 node created"), "it writes")
    shell.expect(r"verbale\*> $")
    count.check(shell.say("ROLLBACK;", PROMPT), "it is rolled back")
    count.check(shell.say("MATCH (n:Note) RETURN count(n) AS n;", r"│ 2 │"), "and left nothing behind")
    shell.expect(PROMPT)
    shell.say(":begin", r"verbale\*> $")
    shell.type("\x04")
    count.check(shell.expect("is rolled back"), "leaving with an open transaction says so")
    shell.code()
    piped = subprocess.Popen([program.path, "shell", "--no-init"], cwd=program.folder, env=program.environment,
                             stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    piped.stdin.write(b"CREATE (:Note);\nMATCH (n:Note) RETURN count(n) AS n;\n")
    piped.stdin.flush()
    count.check(b"3" in [piped.stdout.readline().strip() for _ in range(3)], "a script is run as it comes")
    program.run("query", "CREATE (:Note)")
    said = piped.communicate(b"CREATE (:Note);\nMATCH (n:Note) RETURN count(n) AS n;\n")[0]
    count.check(said.endswith(b"5\n"), f"one that waits for more holds no lock: {said!r}")


def main():
    count = Count()
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder) / "home"
        work = pathlib.Path(folder) / "work"
        home.mkdir()
        work.mkdir()
        program = Program(sys.argv[1], str(work))
        for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "NO_COLOR"):
            program.environment.pop(name, None)
        program.environment["HOME"] = str(home)
        program.run("query", "--create", SETUP)
        editing(count, program)
        completion(count, program)
        interrupts(count, program)
        progress(count, program)
        interrupted_commands(count, program)
        files(count, program, home)
        locks(count, program)
        read = subprocess.run(f"yes 'RETURN 1;' | head -20000 | {program.path} shell --no-init | head -1",
                              shell=True, cwd=work, env=program.environment, capture_output=True)
        count.same((read.stdout, read.stderr), (b"1\n", b""), "a closed pipe ends it quietly")
    count.end()


main()
