"""`attest open`: one window a home, reached from anywhere by a case, a study, an accession number or a link."""

import os
import pathlib
import signal
import subprocess
import tempfile
import time
import unittest
import unittest.mock

import pydicom

from program import Attest, BUILD, Failed, run

PATIENCE_S = 60


class Open(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)
        run(BUILD / "make_phantom", self.folder / "phantom")
        self.attest = Attest(self.folder / "home")
        self.ct = self.folder / "ct"
        self.ct.mkdir()
        for path in sorted((self.folder / "phantom/ct").glob("*.dcm"))[:8]:
            self.image = pydicom.dcmread(path)
            self.image.AccessionNumber = "ACC-17"
            self.image.save_as(self.ct / path.name)
        self.case = self.attest.import_(self.ct)["studies"][0]["case"]
        screen = unittest.mock.patch.dict(os.environ, {"QT_QPA_PLATFORM": "offscreen"})
        screen.start()
        self.addCleanup(screen.stop)

    def open(self, *words):
        answer = self.attest.call("open", *words)
        self.assertEqual(answer["case"], self.case)
        if answer["window"] == "started":
            self.addCleanup(self.end, answer["pid"], signal.SIGKILL)
        return answer["window"], answer["pid"]

    def end(self, pid, how):
        """It is nobody's child here: it is gone when its entry is."""
        try:
            os.kill(pid, how)
        except ProcessLookupError:
            return
        end = time.monotonic() + PATIENCE_S
        while pathlib.Path(f"/proc/{pid}/stat").exists() and time.monotonic() < end:
            if pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z":
                return
            time.sleep(0.02)

    def test_a_window_is_started_once_and_then_reached_in_every_way(self):
        window, pid = self.open(self.case)
        self.assertEqual(window, "started")
        for words in ([self.case], ["--study", self.image.StudyInstanceUID], [self.image.StudyInstanceUID],
                      ["--accession", self.image.AccessionNumber], [f"attest:open?case={self.case}"],
                      [f"attest:open?study={self.image.StudyInstanceUID}"],
                      [f"attest://open?accession={self.image.AccessionNumber}"]):
            self.assertEqual(self.open(*words), ("running", pid), words)
        second = subprocess.run([BUILD / "attest", "--home", self.attest.home], timeout=PATIENCE_S)
        self.assertEqual(second.returncode, 0, "a second start gives way to the window that is there")

    def test_after_a_window_was_killed_another_takes_its_place(self):
        _, pid = self.open(self.case)
        self.end(pid, signal.SIGKILL)
        window, other = self.open(self.case)
        self.assertEqual(window, "started")
        self.assertNotEqual(other, pid)

    def test_each_home_has_a_window_of_its_own(self):
        _, pid = self.open(self.case)
        other = Attest(self.folder / "other")
        case = other.import_(self.ct)["studies"][0]["case"]
        answer = other.call("open", case)
        self.addCleanup(self.end, answer["pid"], signal.SIGKILL)
        self.assertEqual(answer["window"], "started")
        self.assertNotEqual(answer["pid"], pid)

    def test_what_is_not_there_is_not_opened(self):
        for words in (["nothing"], ["--accession", "nothing"], ["--study", "1.2.3"], ["attest:open?case=nothing"]):
            with self.assertRaises(Failed) as caught:
                self.attest.call("open", *words)
            self.assertEqual((caught.exception.code, caught.exception.error["code"]), (1, "not_found"), words)
        for words in ([], [self.case, "--study", "1.2.3"], ["attest:burn"], ["attest:open?case=1&accession=2"]):
            with self.assertRaises(Failed) as caught:
                self.attest.call("open", *words)
            self.assertEqual(caught.exception.code, 2, words)

    def test_without_a_screen_it_says_so(self):
        del os.environ["QT_QPA_PLATFORM"]
        with self.assertRaises(Failed) as caught:
            self.attest.call("open", self.case)
        self.assertEqual((caught.exception.code, caught.exception.error["code"]), (1, "unsupported"))


class WithoutAScreen(unittest.TestCase):
    def attest(self, *words):
        dark = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
        return subprocess.run([BUILD / "attest", *words], env=dark, capture_output=True, text=True, timeout=PATIENCE_S)

    def test_words_are_answered_and_a_window_is_refused(self):
        self.assertRegex(self.attest("--version").stdout, r"^attest \d+\.\d+\.\d+\n$")
        self.assertIn("import", self.attest("--help").stdout)
        for words in (["--version"], ["--help"], ["help"]):
            self.assertEqual(self.attest(*words).returncode, 0, words)
        for words in (["--nonsense"], ["nonsense"], ["--home"], ["--lang", "xx"]):
            self.assertEqual(self.attest(*words).returncode, 2, words)
        with tempfile.TemporaryDirectory() as home:
            window = self.attest("--home", home)
        self.assertEqual(window.returncode, 1)
        self.assertIn("no display", window.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)
