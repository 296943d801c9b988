"""The shipped program, driven from outside as a person or a script would: one call a command, JSON back."""

import json
import os
import pathlib
import subprocess
import sys

BUILD = pathlib.Path(os.environ["ATTEST_BIN_DIR"])
SECRET = "correct horse battery"


class Failed(Exception):
    def __init__(self, code, error, stderr):
        super().__init__(f"exit {code}: {stderr[-2000:]}")
        self.code = code
        self.error = error


class Attest:
    """One home. Commands run with no display at all."""

    def __init__(self, home, reader=None, secret=SECRET):
        self.home = pathlib.Path(home)
        self.reader = reader
        self.secret = secret

    def start(self, *words, stdin="", **options):
        environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
        process = subprocess.Popen(
            [BUILD / "attest", "--home", self.home, "--json", *map(str, words)], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, **options)
        process.stdin.write(stdin)
        process.stdin.close()
        return process

    def call(self, *words, stdin="", accept=(0,)):
        process = self.start(*words, stdin=stdin)
        out, err = process.stdout.read(), process.stderr.read()
        code = process.wait()
        process.stdout.close()
        process.stderr.close()
        if code not in accept:
            start = err.find("{")
            error = json.loads(err[start:])["error"] if start >= 0 else {}
            raise Failed(code, error, err)
        return json.loads(out) if out.strip() else None

    def signed_in(self, *words, **options):
        return self.call(*words, "--as", self.reader, stdin=self.secret + "\n", **options)

    def first_reader(self, name):
        self.call("user", "add", name, "--role", "attending", stdin=self.secret + "\n")
        self.reader = name

    def import_(self, *paths, accept=(0,)):
        return self.call("import", *paths, accept=accept)


def run(*words, accept=(0,)):
    """Another program; its output. Fails when it does."""
    done = subprocess.run(list(map(str, words)), capture_output=True, text=True)
    if done.returncode not in accept:
        raise AssertionError(f"{words[0]} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}")
    return done.stdout + done.stderr


def real_data(group):
    """The folder of a group of real data, or None where this machine has none."""
    folder = pathlib.Path(os.environ["ATTEST_DATA"]) / group
    if folder.is_dir():
        return folder
    print(f"no {group} here: what needs it is skipped", file=sys.stderr)
    return None
