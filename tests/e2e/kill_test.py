"""kill -9 at random points of import, run and review: runs resume, what was acknowledged is there, the database is sound.

50 points in CI, 200 with ATTEST_LONG=1. The points are random but the seed is printed and can be given: ATTEST_SEED.
"""

import os
import pathlib
import random
import sqlite3
import tempfile
import time
import unittest

from program import Attest, BUILD, run

POINTS = 200 if os.environ.get("ATTEST_LONG") else 50
SEED = int(os.environ.get("ATTEST_SEED", random.randrange(1 << 30)))


def findings(record):
    return [item for item in record["items"] if item["kind"] == "finding"]


class Kill(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)
        run(BUILD / "make_phantom", self.folder / "phantom")
        self.random = random.Random(SEED)
        print(f"ATTEST_SEED={SEED}")

    def killed(self, attest, *words, within, stdin=""):
        """Starts a command and kills it somewhere in its first `within` seconds; its answer where it was quicker."""
        process = attest.start(*words, stdin=stdin)
        try:
            process.wait(timeout=self.random.uniform(0, within))
        except Exception:
            process.kill()
        process.wait()
        out = process.stdout.read()
        process.stdout.close()
        process.stderr.close()
        return process.returncode, out

    def check_sound(self, attest):
        database = sqlite3.connect(attest.home / "attest.db")
        self.assertEqual(database.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
        self.assertEqual(database.execute("PRAGMA foreign_key_check").fetchall(), [])
        database.close()
        self.assertTrue(attest.call("audit", "verify")["ok"])

    def seconds(self, attest, *words, stdin=""):
        start = time.monotonic()
        attest.call(*words, stdin=stdin, accept=(0, 3))
        return time.monotonic() - start

    def test_import(self):
        whole = Attest(self.folder / "whole")
        within = self.seconds(whole, "import", self.folder / "phantom/ct")
        expected = whole.call("worklist")["cases"][0]["images"]
        for point in range(POINTS // 3):
            with self.subTest(point=point):
                attest = Attest(self.folder / f"import{point}")
                self.killed(attest, "import", self.folder / "phantom/ct", within=within)
                attest.import_(self.folder / "phantom/ct")
                (case,) = attest.call("worklist")["cases"]
                self.assertEqual(case["images"], expected)
                self.check_sound(attest)

    def test_run(self):
        attest = Attest(self.folder / "home")
        case = attest.import_(self.folder / "phantom/ct")["studies"][0]["case"]
        within = self.seconds(attest, "analyze", case)
        expected = len(attest.call("show", case)["items"])
        for point in range(POINTS // 3):
            with self.subTest(point=point):
                self.killed(attest, "analyze", case, within=within)
                self.check_sound(attest)
                (done,) = attest.call("analyze", case)["runs"]
                self.assertEqual(done["state"], "done", done)
                self.assertEqual(len(attest.call("show", case)["items"]), expected)

    def test_review(self):
        attest = Attest(self.folder / "home")
        case = attest.import_(self.folder / "phantom/ct")["studies"][0]["case"]
        attest.first_reader("reader1")
        attest.call("analyze", case)
        first = findings(attest.call("show", case))[0]["id"]
        stdin = attest.secret + "\n"
        accept = ("review", case, f"{first}=accept", "--as", "reader1")
        reject = ("review", case, f"{first}=reject:false_positive", "--as", "reader1")
        within = self.seconds(attest, *accept, stdin=stdin)
        state = "accepted"
        for point in range(POINTS - 2 * (POINTS // 3)):
            with self.subTest(point=point):
                words, wanted = (reject, "rejected") if state == "accepted" else (accept, "accepted")
                code, out = self.killed(attest, *words, within=1.2 * within, stdin=stdin)
                now = findings(attest.call("show", case))[0]["state"]
                self.assertIn(now, (state, wanted))
                if out.strip() and code == 0:
                    self.assertEqual(now, wanted, "an acknowledged verdict was lost")
                state = now
                self.check_sound(attest)


if __name__ == "__main__":
    unittest.main(verbosity=2)
