"""A case from a PACS and back: it arrives, is analyzed, reviewed and signed, and SEG, SR and PDF are in the PACS.

Against Orthanc, started and stopped here; with it switched off in the middle nothing is lost and the state is visible.
"""

import json
import pathlib
import signal
import subprocess
import tempfile
import time
import unittest

import pydicom

import dicom_checks
import peers
from program import Attest, BUILD, run

PATIENCE_S = 120


def until(holds, what):
    end = time.monotonic() + PATIENCE_S
    while not holds():
        if time.monotonic() > end:
            raise AssertionError(f"this never came: {what}")
        time.sleep(0.05)


class Serving:
    """`attest serve`, and the events that it prints."""

    def __init__(self, attest, *words):
        self.attest = attest
        self.words = words

    def __enter__(self):
        self.process = self.attest.start("serve", "--dicom-port", 0, *self.words)
        self.port = self.await_("listening")["port"]
        return self

    def await_(self, event, **fields):
        """The next event of that kind with those fields; what comes before it is passed over."""
        for line in self.process.stdout:
            one = json.loads(line)
            if one["event"] == event and all(one.get(key) == value for key, value in fields.items()):
                return one
        raise AssertionError(f"serve ended before {event}: {self.process.stderr.read()}")

    def stop(self):
        self.process.terminate()
        self.await_("stopped")
        self.code = self.process.wait()

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        self.process.stderr.close()


class Network(unittest.TestCase):
    def setUp(self):
        if peers.Orthanc.missing():
            self.skipTest(peers.Orthanc.missing())
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)
        run(BUILD / "make_phantom", self.folder / "phantom")
        self.images = sorted((self.folder / "phantom/ct").glob("*.dcm"))
        self.study = pydicom.dcmread(self.images[0], stop_before_pixels=True).StudyInstanceUID
        self.attest = Attest(self.folder / "home")
        self.attest.first_reader("reader1")
        self.orthanc = self.enterContext(peers.Orthanc())

    def know(self, *flags, words=None):
        words = words or self.orthanc.dimse_words()
        stdin = f"{self.attest.secret}\n{self.orthanc.password}\n"
        self.attest.call("node", "add", "pacs", *words, *flags, "--as", "reader1", stdin=stdin)

    def read_and_sign(self, case):
        """What a person does: accepts what was found, confirms the structures, writes the impression, signs."""
        if self.attest.call("show", case)["status"] == "received":
            self.attest.call("analyze", case)
        findings = [i for i in self.attest.call("show", case)["items"] if i["kind"] == "finding"]
        self.assertTrue(findings)
        self.attest.signed_in("review", case, "read=done", "structures=confirm", *(f"{f['id']}=accept" for f in findings))
        self.attest.signed_in("report", case, "--set", "findings=Nodules.", "--set", "impression=Follow up.")
        self.attest.signed_in("sign", case)

    def states(self, case):
        return {d["format"]: d["state"] for d in self.attest.call("show", case)["deliveries"]}

    def check_results(self, case):
        """All that the signature covers is in the PACS, once, and another program takes it for what it says."""
        self.assertEqual(set(self.states(case).values()), {"delivered"}, self.attest.call("show", case)["deliveries"])
        self.assertEqual(self.attest.call("show", case)["status"], "delivered")
        exported = self.attest.signed_in("export", case, "--to", self.folder / "out", "--format", "seg,sr,pdf")
        sent = {f["sop_instance_uid"] for f in exported["files"] if f["sop_instance_uid"]}
        there = {i["MainDicomTags"]["SOPInstanceUID"]: i for i in self.orthanc.instances()}
        self.assertLessEqual(sent, set(there))
        self.assertEqual(len(there), len(self.images) + len(sent))
        classes = set()
        for uid in sent:
            path = self.orthanc.file(there[uid], self.folder / f"{uid}.dcm")
            results = pydicom.dcmread(path)
            self.assertEqual(results.StudyInstanceUID, self.study)
            self.assertEqual(dicom_checks.dciodvfy_errors(path), [])
            classes.add(results.SOPClassUID.name)
        self.assertEqual(classes, {"Segmentation Storage", "Comprehensive 3D SR Storage", "Encapsulated PDF Storage"})


class ThereAndBack(Network):
    def by(self, words):
        self.orthanc.put(*self.images)
        self.know("--deliver", words=words)
        found = self.attest.call("pacs", "pacs", "find", f"study={self.study}")
        self.assertEqual(found["studies"][0]["instances"], len(self.images))
        fetched = self.attest.call("pacs", "pacs", "get", self.study)
        self.assertEqual((fetched["received"], fetched["added"]), (len(self.images), len(self.images)))
        (case,) = fetched["cases"]
        self.read_and_sign(case)
        self.assertEqual(set(self.states(case).values()), {"due"})
        self.assertEqual([c["case"] for c in self.attest.call("worklist", "is:undelivered")["cases"]], [case])
        delivered = self.attest.call("deliver")["deliveries"]
        self.assertTrue(all(d["state"] == "delivered" for d in delivered), delivered)
        self.check_results(case)
        self.assertEqual(self.attest.call("deliver"), {"deliveries": []})
        self.assertTrue(self.attest.call("audit", "verify")["ok"])

    def test_over_dimse(self):
        self.by(self.orthanc.dimse_words())

    def test_over_dicomweb(self):
        self.by(self.orthanc.web_words())


class Service(Network):
    def test_what_a_peer_sends_is_analyzed_and_what_is_signed_leaves_by_itself(self):
        self.know("--deliver", "--accept")
        with Serving(self.attest) as serving:
            self.orthanc.put(*self.images)
            sender = self.storescu(serving, "-aet", self.orthanc.aet)
            self.assertEqual(sender.returncode, 0, sender.stderr)
            arrived = serving.await_("arrived")
            (case,) = arrived["cases"]
            serving.await_("queued", case=case)
            until(lambda: self.attest.call("show", case)["status"] == "ready for review", "agents that are done")
            self.assertEqual(len(self.images), self.attest.call("worklist")["cases"][0]["images"])
            self.read_and_sign(case)
            for format_ in ("seg", "sr", "pdf"):
                until(lambda: self.states(case)[format_] == "delivered", f"{format_} in the PACS")
            serving.stop()
            self.assertEqual(serving.code, 0)
        self.check_results(case)

    def storescu(self, serving, *words):
        return subprocess.run([peers.program("storescu"), *words, "-aec", "ATTEST", "127.0.0.1", str(serving.port),
                               *map(str, self.images)], capture_output=True)

    def test_killed_while_a_study_arrives_it_loses_nothing_that_it_confirmed(self):
        self.know("--accept")
        with Serving(self.attest) as serving:
            sender = self.storescu(serving, "-aet", self.orthanc.aet)
            self.assertEqual(sender.returncode, 0, sender.stderr)
            serving.process.kill()
        with Serving(self.attest):
            until(lambda: (self.attest.call("worklist")["cases"] or [{}])[0].get("images") == len(self.images),
                  "every image that was confirmed")

    def test_who_is_not_known_may_not_send(self):
        with Serving(self.attest) as serving:
            self.assertNotEqual(self.storescu(serving).returncode, 0)
        self.assertEqual(self.attest.call("worklist")["total"], 0)

    def test_a_port_that_is_taken_is_an_error_in_words(self):
        with Serving(self.attest) as serving:
            other = self.attest.start("serve", "--dicom-port", serving.port)
            self.assertEqual(other.wait(timeout=PATIENCE_S), 1)
            self.assertEqual(json.loads(other.stderr.read())["error"]["code"], "busy")
            other.stdout.close()
            other.stderr.close()


class SwitchedOff(Network):
    def setUp(self):
        super().setUp()
        self.orthanc.put(*self.images)
        self.know("--deliver")
        self.case = self.attest.import_(self.folder / "phantom/ct")["studies"][0]["case"]
        self.read_and_sign(self.case)

    def test_before_the_delivery_it_is_due_and_says_why(self):
        self.orthanc.stop()
        tried = self.attest.call("deliver", accept=(3,))["deliveries"]
        self.assertEqual({d["state"] for d in tried}, {"due"})
        self.assertTrue(all(d["error"] and d["attempts"] == 1 for d in tried), tried)
        (row,) = self.attest.call("worklist", "is:undelivered")["cases"]
        self.assertEqual((row["case"], row["status"]), (self.case, "approved"))
        self.assertEqual(self.attest.call("deliver"), {"deliveries": []})  # it waits for its time
        self.orthanc.start()
        self.attest.call("deliver", self.case)
        self.check_results(self.case)

    def hanging(self):
        """A delivery to a peer that takes the connection and does not answer any more."""
        self.orthanc.process.send_signal(signal.SIGSTOP)
        delivery = self.attest.start("deliver")
        until(lambda: "sending" in self.states(self.case).values(), "a delivery on its way")
        return delivery

    def test_in_the_middle_of_it_nothing_is_lost(self):
        delivery = self.hanging()
        self.orthanc.stop()
        self.assertEqual(delivery.wait(timeout=PATIENCE_S), 3)
        delivery.stdout.close()
        delivery.stderr.close()
        self.assertEqual(set(self.states(self.case).values()), {"due"})
        self.orthanc.start()
        self.attest.call("deliver", self.case)
        self.check_results(self.case)

    def test_with_our_program_killed_too_nothing_is_lost(self):
        delivery = self.hanging()
        delivery.kill()
        delivery.wait()
        delivery.stdout.close()
        delivery.stderr.close()
        self.orthanc.stop()
        self.assertIn("sending", self.states(self.case).values())
        self.orthanc.start()
        self.attest.call("deliver")  # at once: whoever held it is gone
        self.check_results(self.case)

    def test_asked_to_stop_it_stops_at_once_and_all_stays_due(self):
        delivery = self.hanging()
        delivery.terminate()
        self.assertEqual(delivery.wait(timeout=PATIENCE_S), 1)
        delivery.stdout.close()
        delivery.stderr.close()
        self.assertEqual(set(self.states(self.case).values()), {"due"})
        self.assertTrue(all(d["attempts"] == 0 for d in self.attest.call("show", self.case)["deliveries"]))


if __name__ == "__main__":
    unittest.main(verbosity=2)
