"""Nodes and a PACS from the command line, against Orthanc over DIMSE and DICOMweb. pydicom is the witness."""

import io
import pathlib
import tempfile
import unittest

import pydicom

import peers
from program import Attest, BUILD, Failed, SECRET, run


class Pacs(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if peers.Orthanc.missing():
            raise unittest.SkipTest(peers.Orthanc.missing())
        temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(temporary.cleanup)
        cls.folder = pathlib.Path(temporary.name)
        run(BUILD / "make_phantom", cls.folder / "phantom")
        cls.files = sorted((cls.folder / "phantom/ct").glob("*.dcm"))
        cls.study = pydicom.dcmread(cls.files[0], stop_before_pixels=True).StudyInstanceUID

    def setUp(self):
        self.orthanc = self.enterContext(peers.Orthanc())
        self.attest = Attest(self.enterContext(tempfile.TemporaryDirectory()))
        self.attest.first_reader("dr-a")
        self.add("dimse", *self.orthanc.dimse_words())
        self.add("web", *self.orthanc.web_words(), password=self.orthanc.password)

    def add(self, name, *words, password=""):
        return self.attest.call("node", "add", name, *words, "--as", "dr-a", stdin=f"{SECRET}\n{password}\n")

    def refused(self, *words, **options):
        with self.assertRaises(Failed) as caught:
            self.attest.call(*words, **options)
        return caught.exception

    def test_nodes_are_kept_without_showing_their_password(self):
        nodes = {node["name"]: node for node in self.attest.call("node", "list")["nodes"]}
        self.assertEqual(nodes["dimse"]["ae_title"], "ORTHANC")
        self.assertEqual(nodes["dimse"]["calling_ae"], "ATTEST")
        self.assertTrue(nodes["web"]["has_password"])
        self.assertNotIn(self.orthanc.password, str(nodes))
        self.assertEqual(self.refused("node", "remove", "web").code, 2)
        self.attest.signed_in("node", "remove", "web")
        self.assertEqual(self.refused("node", "test", "web").error["code"], "not_found")
        self.assertEqual(self.refused("node", "add", "x", "--port", "many", "--as", "dr-a").code, 2)

    def test_a_test_says_what_is_wrong(self):
        for name in ("dimse", "web"):
            found = self.attest.call("node", "test", name)
            self.assertTrue(found["ok"])
            self.assertGreater(found["latency_ms"], 0)
        self.add("elsewhere", "--ae", "SOMEBODY", "--host", "127.0.0.1", "--port", self.orthanc.dicom_port)
        found = self.attest.call("pacs", "elsewhere", "echo", accept=(1,))
        self.assertEqual((found["ok"], found["problem"]), (False, "called_ae_unknown"))
        self.add("locked", "--url", self.orthanc.url)
        self.assertEqual(self.attest.call("node", "test", "locked", accept=(1,))["problem"], "password_needed")
        self.orthanc.stop()
        for name in ("dimse", "web"):
            found = self.attest.call("node", "test", name, accept=(1,))
            self.assertEqual(found["problem"], "connection_refused")

    def test_a_study_is_found_and_becomes_a_case(self):
        self.orthanc.put(*self.files)
        for name in ("dimse", "web"):
            found = self.attest.call("pacs", name, "find", "modality=CT", f"study={self.study}")
            self.assertEqual(len(found["studies"]), 1)
            study = found["studies"][0]
            self.assertEqual(study["study_uid"], self.study)
            self.assertEqual(study["instances"], len(self.files))
            self.assertEqual(study["series_list"][0]["modality"], "CT")
            self.assertEqual(self.attest.call("pacs", name, "find", "id=NOBODY")["studies"], [])
            got = self.attest.call("pacs", name, "get", self.study)
            self.assertEqual(got["received"], len(self.files))
            self.assertEqual(got["added" if name == "dimse" else "duplicates"], len(self.files))
        record = self.attest.call("show", self.study)
        self.assertEqual(sum(series["instances"] for series in record["series"]), len(self.files))
        self.assertEqual(self.refused("pacs", "dimse", "find", "shoe=42").code, 2)

    def test_what_is_signed_is_sent_and_read_back(self):
        self.attest.import_(self.folder / "phantom/ct")
        unsigned = self.refused("pacs", "web", "send", self.study, "--as", "dr-a", stdin=SECRET + "\n")
        self.assertEqual(unsigned.error["code"], "not_signable")
        self.attest.call("analyze", self.study)
        items = self.attest.call("show", self.study)["items"]
        verdicts = [f"{one['id']}=accept" for one in items if one["kind"] == "finding"]
        self.attest.signed_in("review", self.study, *verdicts, "structures=confirm")
        self.attest.signed_in("sign", self.study)
        for name in ("dimse", "web"):
            sent = self.attest.signed_in("pacs", name, "send", self.study, "--format", "seg,sr")
            self.assertTrue(sent["objects"])
            self.assertTrue(all(one["sent"] for one in sent["objects"]), sent)
            there = self.orthanc.instances()
            self.assertEqual({one["MainDicomTags"]["SOPInstanceUID"] for one in there},
                             {one["sop_instance_uid"] for one in sent["objects"]})
            for one in there:
                data = pydicom.dcmread(io.BytesIO(self.orthanc.rest(f"/instances/{one['ID']}/file")))
                self.assertIn(data.Modality, ("SEG", "SR"))
                self.assertEqual(data.StudyInstanceUID, self.study)
                self.orthanc.delete(one)


if __name__ == "__main__":
    unittest.main()
