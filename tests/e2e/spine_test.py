"""The spine: one CT from a folder to signed SEG and SR, through agents and a person's hands.

Drives the shipped program; what it wrote is read by pydicom, nibabel, dciodvfy and dsrdump, never by our own code.
Only ever extended.
"""

import json
import pathlib
import tempfile
import unittest

import numpy
import pydicom

import dicom_checks
from program import Attest, BUILD, Failed, real_data, run


def items(record, kind):
    return [item for item in record["items"] if item["kind"] == kind]


class Folder(unittest.TestCase):
    """A folder of its own, gone at the end."""

    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)
        self.attest = Attest(self.folder / "home")

    def phantom(self):
        nodules = run(BUILD / "make_phantom", self.folder / "phantom")
        self.nodules = [[float(v) for v in line.split()] for line in nodules.splitlines()]
        self.ct = self.folder / "phantom/ct"
        return self.ct

    def refused(self, code, function, *arguments, **options):
        with self.assertRaises(Failed) as caught:
            function(*arguments, **options)
        self.assertEqual(caught.exception.code, 1)
        self.assertEqual(caught.exception.error["code"], code)
        self.assertTrue(caught.exception.error["message"])
        return caught.exception.error


class Import(Folder):
    def add_junk(self, ct):
        files = sorted(ct.glob("*.dcm"))
        (ct / "README.txt").write_text("not an image")
        (ct / "empty.dcm").write_bytes(b"")
        (ct / "truncated.dcm").write_bytes(files[3].read_bytes()[:3000])
        huge = pydicom.dcmread(files[0])
        huge.SOPInstanceUID = huge.file_meta.MediaStorageSOPInstanceUID = pydicom.uid.generate_uid()
        huge.Rows = huge.Columns = 65535
        huge.save_as(ct / "huge.dcm")
        return {"README.txt", "empty.dcm", "truncated.dcm", "huge.dcm"}

    def test_a_folder_among_junk_becomes_one_case_and_every_refusal_has_a_reason(self):
        junk = self.add_junk(self.phantom())
        result = self.attest.import_(self.ct, accept=(3,))
        self.assertEqual({pathlib.Path(s["path"]).name for s in result["skipped"]}, junk)
        self.assertTrue(all(s["reason"] for s in result["skipped"]))
        (study,) = result["studies"]
        (series,) = study["series"]
        (block,) = series["blocks"]
        values, affine = dicom_checks.ct_volume(f for f in self.ct.glob("0*.dcm"))
        self.assertEqual(block["dims"], list(values.shape))
        self.assertEqual(block["geometry"], ["regular"])
        self.assertEqual(block["unit"], "HU")
        numpy.testing.assert_allclose(block["origin_mm"], affine[:3, 3], atol=1e-6)
        direction = numpy.array(block["direction"]).reshape(3, 3)
        numpy.testing.assert_allclose(direction * block["spacing_mm"], affine[:3, :3], atol=1e-6)

    def test_importing_again_changes_nothing(self):
        first = self.attest.import_(self.phantom())
        again = self.attest.import_(self.ct)
        self.assertEqual(first["studies"], again["studies"])
        self.assertEqual((again["added"], again["duplicates"]), (0, first["added"]))

    def test_in_place_the_files_stay_where_they_are(self):
        self.attest.import_(self.phantom(), "--reference")
        stored = sum(1 for f in (self.folder / "home").rglob("*") if f.is_file() and f.stat().st_size > 20000)
        self.assertLess(stored, 5)
        self.attest.call("render", self.ct, "--view", "axial", "--out", self.folder / "a.png")

    def test_another_image_under_the_same_uid_is_a_conflict_and_both_are_kept(self):
        self.attest.import_(self.phantom())
        other = pydicom.dcmread(self.ct / "0000.dcm")
        other.InstanceNumber = 999
        other.save_as(self.folder / "other.dcm")
        result = self.attest.import_(self.folder / "other.dcm", accept=(3,))
        self.assertIn("conflict", result["skipped"][0]["reason"])

    def test_what_is_not_there_is_an_error_with_advice(self):
        error = self.refused("not_found", self.attest.import_, self.folder / "nowhere")
        self.assertTrue(error["hint"])


class Render(Folder):
    def test_a_slice_at_its_own_size_is_the_window_formula_voxel_by_voxel(self):
        self.attest.import_(self.phantom())
        values, _ = dicom_checks.ct_volume(self.ct.glob("*.dcm"))
        out = self.folder / "axial.png"
        self.attest.call("render", self.ct, "--view", "axial", "--at", 20, "--window", "1500/-600",
                         "--size", f"{values.shape[0]}x{values.shape[1]}", "--out", out)
        raw = run("convert", out, "-depth", "8", self.folder / "axial.gray") or (self.folder / "axial.gray")
        raw = numpy.fromfile(self.folder / "axial.gray", numpy.uint8).reshape(values.shape[1], values.shape[0])
        x = values[:, :, 20].T
        expected = numpy.clip(numpy.floor(255 * ((x - (-600 - 0.5)) / (1500 - 1) + 0.5) + 0.5), 0, 255)
        numpy.testing.assert_array_equal(raw, expected)

    def test_every_view_is_written_without_a_display(self):
        result = self.attest.import_(self.phantom())
        series = result["studies"][0]["series"][0]["series_uid"]
        for view in ("axial", "coronal", "sagittal", "stack", "volume"):
            out = self.folder / f"{view}.png"
            self.attest.call("render", series, "--view", view, "--size", "300x200", "--out", out)
            self.assertEqual(run("identify", "-format", "%wx%h", out).strip(), "300x200")
            self.assertGreater(float(run("convert", out, "-format", "%[fx:mean]", "info:")), 0.01, view)


class CommandLine(Folder):
    def wrong_usage(self, *words, stdin=""):
        with self.assertRaises(Failed) as caught:
            self.attest.call(*words, stdin=stdin)
        self.assertEqual(caught.exception.code, 2, (words, str(caught.exception)))
        self.assertIn("attest:", str(caught.exception))

    def test_wrong_usage_is_2_whatever_is_wrong_with_it(self):
        case = self.attest.import_(self.phantom())["studies"][0]["case"]
        for words in (["analyze"], ["analyze", case, "--priority", "now"], ["review", case, "structures=confirm"],
                      ["sign", case], ["export", case, "--as", "reader1", "--to", self.folder],
                      ["export", case, "--as", "reader1", "--format", "seg"], ["audit", "burn"], ["user", "promote"],
                      ["user", "add", "x"], ["user", "add", "x", "--role", "king"], ["runs", "cancel"],
                      ["runs", "cancel", "x"], ["agents", "off"], ["report", case, "--set", "weather=fine"],
                      ["render", self.ct, "--view", "above", "--out", self.folder / "x.png"], ["render", self.ct],
                      ["render", self.ct, "--size", "big", "--out", self.folder / "x.png"],
                      ["worklist", "--lang", "xx"], ["--lang"]):
            self.wrong_usage(*words)
        self.attest.call("worklist", "--lang", "de")

    def test_a_name_that_is_not_utf8_is_mended_in_the_answer(self):
        name = self.phantom() / b"caf\xe9.dcm".decode("utf-8", "surrogateescape")
        name.write_bytes(b"not an image")
        result = self.attest.import_(self.ct, accept=(3,))
        self.assertEqual(pathlib.Path(result["skipped"][0]["path"]).name, "caf\ufffd.dcm")

    def test_reading_leaves_a_trace_and_the_home_is_private(self):
        case = self.attest.import_(self.phantom())["studies"][0]["case"]
        self.attest.first_reader("reader1")
        self.attest.call("show", case)
        self.attest.signed_in("show", case)
        self.attest.call("worklist")
        self.attest.call("report", case)
        series = self.attest.call("show", case)["series"][0]["series_uid"]
        self.attest.call("render", series, "--out", self.folder / "x.png")
        self.refused("bad_secret", self.attest.call, "worklist", "--as", "nobody", stdin="a guess\n")
        exported = self.attest.start("audit", "export")
        events = [json.loads(line) for line in exported.stdout.read().splitlines()]
        exported.wait()
        exported.stdout.close()
        exported.stderr.close()
        acts = [(e["action"], e["actor"].split(":")[0], e["subject"]) for e in events]
        for act in (("show", "system", case), ("show", "reader1", case), ("worklist", "system", ""),
                    ("report", "system", case), ("render", "system", case), ("sign_in", "reader1", "reader1"),
                    ("sign_in.refused", "system", "nobody"), ("import", "system", case), ("audit.export", "system", "")):
            self.assertIn(act, acts)
        self.assertNotIn("a guess", str(events))
        for path in self.attest.home.rglob("*"):
            self.assertTrue(path.is_dir() or path.stat().st_mode & 0o077 == 0, path)
        self.assertEqual(self.attest.home.stat().st_mode & 0o777, 0o700)

    def test_only_who_reviews_stops_a_run(self):
        case = self.attest.import_(self.phantom())["studies"][0]["case"]
        self.attest.first_reader("reader1")
        (done,) = self.attest.call("analyze", case)["runs"]
        self.refused("conflict", self.attest.signed_in, "runs", "cancel", done["id"])  # it is over
        self.attest.call("user", "add", "keeper", "--role", "admin", "--as", "reader1",
                         stdin=f"{self.attest.secret}\n{self.attest.secret}\n")
        keeper = Attest(self.attest.home, "keeper")
        self.refused("not_allowed", keeper.signed_in, "runs", "cancel", done["id"])

class Spine(Folder):
    def ready(self):
        return self.ready_of(self.phantom())

    def ready_of(self, *sources):
        self.case = self.attest.import_(*sources)["studies"][0]["case"]
        self.attest.first_reader("reader1")
        (self.run_,) = self.attest.call("analyze", self.case)["runs"]
        return self.attest.call("show", self.case)

    def test_agents_find_what_the_phantom_was_made_with(self):
        record = self.ready()
        self.assertEqual(self.run_["state"], "done")
        self.assertTrue(all(step["state"] == "done" for step in self.run_["steps"]), self.run_)
        self.assertEqual(record["status"], "ready for review")
        findings = items(record, "finding")
        for nodule in self.nodules:
            distance = min(numpy.linalg.norm(numpy.subtract(f["centroid_mm"], nodule)) for f in findings)
            self.assertLess(distance, 4)
        self.assertEqual(self.attest.call("worklist", "modality:CT")["cases"][0]["unreviewed"], len(findings))

    def review(self, record):
        """Accepts one finding, corrects another, draws one, rejects the rest, confirms the structures."""
        first, second, *others = items(record, "finding")
        values, affine = dicom_checks.ct_volume(self.ct.glob("*.dcm"))
        self.corrected = numpy.zeros(values.shape, numpy.uint8)
        i, j, k = numpy.round((numpy.linalg.inv(affine) @ [*second["centroid_mm"], 1])[:3]).astype(int)
        self.corrected[i - 4:i + 5, j - 3:j + 4, k - 2:k + 2] = 1
        self.write_mask(self.corrected, affine, "corrected.nii.gz")
        self.drawn = numpy.roll(self.corrected, 9, axis=1)
        self.write_mask(self.drawn, affine, "drawn.nii.gz")
        return self.attest.signed_in(
            "review", self.case, f"{first['id']}=accept", f"{second['id']}=correct:mask={self.folder}/corrected.nii.gz",
            f"new:mask={self.folder}/drawn.nii.gz,label=Drawn by hand", "structures=confirm",
            *(f"{other['id']}=reject:false_positive:noise" for other in others))

    def write_mask(self, mask, affine, name):
        import nibabel
        nibabel.save(nibabel.Nifti1Image(mask, dicom_checks.LPS_FROM_RAS @ affine), self.folder / name)

    def test_the_case_is_signed_and_other_programs_read_what_leaves(self):
        record = self.ready()
        missing = self.refused("not_signable", self.attest.signed_in, "sign", self.case)["missing"]
        self.assertEqual({m["finding"] for m in missing if m["code"] == "unreviewed"},
                         {f["id"] for f in items(record, "finding")})
        reviewed = self.review(record)
        states = sorted(f["state"] for f in items(reviewed, "finding"))
        self.assertEqual([s for s in states if s != "rejected"], ["accepted", "corrected", "manual"])
        self.attest.signed_in("report", self.case, "--set", "impression=Two nodules.")
        wrong = Attest(self.attest.home, "reader1", "not the secret")
        self.refused("bad_secret", wrong.signed_in, "sign", self.case)
        version = self.attest.signed_in("sign", self.case)
        self.assertEqual((version["version"], version["signed_by"]), (1, "reader1"))
        first = items(record, "finding")[0]["id"]
        self.refused("conflict", self.attest.signed_in, "review", self.case, f"{first}=reject:false_positive")
        exported = self.attest.signed_in("export", self.case, "--to", self.folder / "out", "--format",
                                         "seg,sr,nifti,dicom,pdf,png,csv")
        self.assertEqual(exported["refused"], [])
        self.assertTrue(all(f["status"] == "signed" and f["version"] == 1 for f in exported["files"]))
        self.check_seg(reviewed, exported)
        self.check_sr(exported)
        self.check_pdf(exported, version)
        self.check_nifti(exported)
        verified = self.attest.call("audit", "verify")
        self.assertTrue(verified["ok"])
        self.assertGreater(verified["events"], 10)

    def path(self, exported, format_):
        (file,) = [f for f in exported["files"] if f["format"] == format_]
        return self.folder / "out" / file["path"]

    def check_seg(self, record, exported):
        path = self.path(exported, "seg")
        self.assertEqual(dicom_checks.dciodvfy_errors(path), [])
        values, affine = dicom_checks.ct_volume(self.ct.glob("*.dcm"))
        seg, masks = dicom_checks.segments(path, values.shape, affine)
        by_label = {s.SegmentLabel: (s, masks[s.SegmentNumber]) for s in seg.SegmentSequence}
        kept = [i for i in record["items"] if i["state"] in ("accepted", "corrected", "manual", "confirmed")]
        self.assertEqual(len(seg.SegmentSequence), len(kept))
        voxel = abs(numpy.linalg.det(affine[:3, :3]))
        tracking = {s.TrackingUID: masks[s.SegmentNumber] for s in seg.SegmentSequence}
        for item in kept:
            self.assertAlmostEqual(tracking[item["tracking_uid"]].sum() * voxel, item["volume_mm3"], delta=1e-3 * voxel)
        (second,) = [i for i in kept if i["state"] == "corrected"]
        numpy.testing.assert_array_equal(tracking[second["tracking_uid"]], self.corrected.astype(bool))
        drawn, mask = by_label["Drawn by hand"]
        numpy.testing.assert_array_equal(mask, self.drawn.astype(bool))
        self.assertEqual(drawn.SegmentAlgorithmType, "MANUAL")
        for side in ("right", "left"):
            truth, _ = dicom_checks.nifti(self.folder / f"phantom/truth/{side}_lung.nii.gz")
            (lung,) = [m for label, (_, m) in by_label.items() if label.lower() == f"{side} lung"]
            self.assertGreater(dicom_checks.dice(lung, truth > 0), 0.93, side)
        source = pydicom.dcmread(next(self.ct.glob("*.dcm")))
        self.assertEqual((seg.StudyInstanceUID, seg.PatientID, seg.FrameOfReferenceUID),
                         (source.StudyInstanceUID, source.PatientID, source.FrameOfReferenceUID))

    def check_sr(self, exported):
        path = self.path(exported, "sr")
        self.assertEqual(dicom_checks.dciodvfy_errors(path), [])
        self.assertIn("Imaging Measurement Report", dicom_checks.dsrdump(path))
        sr = pydicom.dcmread(path)
        self.assertEqual((sr.VerificationFlag, sr.CompletionFlag), ("VERIFIED", "COMPLETE"))
        self.assertIn("reader1", str(sr.VerifyingObserverSequence[0].VerifyingObserverName))
        groups = dicom_checks.content(sr, "125007")
        seg = pydicom.dcmread(self.path(exported, "seg"))
        self.assertEqual({dicom_checks.content(g, "112040")[0].UID for g in groups},
                         {s.TrackingUID for s in seg.SegmentSequence})
        observers = {c.ConceptCodeSequence[0].CodeValue for c in dicom_checks.content(sr, "121005")}
        self.assertEqual(observers, {"121006", "121007"})  # a person and a device

    def check_pdf(self, exported, version):
        file, object_ = [f for f in exported["files"] if f["format"] == "pdf"]
        pdf = (self.folder / "out" / file["path"]).read_bytes()
        self.assertEqual(dicom_checks.dciodvfy_errors(self.folder / "out" / object_["path"]), [])
        encapsulated = pydicom.dcmread(self.folder / "out" / object_["path"])
        self.assertEqual(encapsulated.EncapsulatedDocument[:len(pdf)], pdf)
        source = pydicom.dcmread(next(self.ct.glob("*.dcm")))
        self.assertEqual((encapsulated.StudyInstanceUID, encapsulated.PatientID, encapsulated.VerificationFlag),
                         (source.StudyInstanceUID, source.PatientID, "VERIFIED"))
        self.assertEqual(encapsulated.SOPInstanceUID, object_["sop_instance_uid"])
        pages = dicom_checks.pdf_pages(self.folder / "out" / file["path"])
        for number, page in enumerate(pages, 1):
            for words in (source.PatientID, "For research use", f"{number}/{len(pages)}"):
                self.assertIn(words, page.replace(" / ", "/"))
            self.assertNotIn("UNSIGNED", page)
        text = " ".join("\n".join(pages).split())
        for words in ("Two nodules.", "Drawn by hand", "Signed by reader1", version["hash"], "corrected by reader1",
                      "Key images"):
            self.assertIn(words, text)
        again = self.attest.signed_in("export", self.case, "--to", self.folder / "again", "--format", "pdf")
        self.assertEqual(again["files"], [file, object_])
        self.assertEqual(sum(f["format"] == "png" for f in exported["files"]), 6)

    def check_nifti(self, exported):
        values, affine = dicom_checks.ct_volume(self.ct.glob("*.dcm"))
        out = self.folder / "out"
        paths = [f["path"] for f in exported["files"] if f["format"] == "nifti"]
        volume, its_affine = dicom_checks.nifti(out / min(paths, key=len))
        numpy.testing.assert_array_equal(volume, values)
        numpy.testing.assert_allclose(its_affine, affine, atol=1e-3)

    def test_unsigned_only_what_a_person_stands_for_leaves_and_says_so(self):
        record = self.ready()
        first, *_ = items(record, "finding")
        self.attest.signed_in("review", self.case, f"{first['id']}=accept")
        exported = self.attest.signed_in("export", self.case, "--to", self.folder / "out", "--format",
                                         "seg,sr,pdf,fax", accept=(3,))
        self.assertTrue(all(f["status"] == "unsigned" for f in exported["files"]))
        self.assertEqual([r["format"] for r in exported["refused"]], ["fax"])
        for page in dicom_checks.pdf_pages(self.folder / "out/report.pdf"):
            self.assertIn("UNSIGNED", page)
        self.assertEqual(pydicom.dcmread(self.folder / "out/report.dcm").VerificationFlag, "UNVERIFIED")
        seg = pydicom.dcmread(self.path(exported, "seg"))
        self.assertEqual(len(seg.SegmentSequence), 1)
        self.assertIn("UNSIGNED", seg.SeriesDescription)
        sr = pydicom.dcmread(self.path(exported, "sr"))
        self.assertEqual((sr.VerificationFlag, sr.CompletionFlag), ("UNVERIFIED", "PARTIAL"))
        for path in (self.path(exported, "seg"), self.path(exported, "sr")):
            self.assertEqual(dicom_checks.dciodvfy_errors(path), [])

    def import_part(self, images):
        """The first images as a case with a reader; the rest lies in a folder of its own."""
        rest = self.folder / "rest"
        rest.mkdir()
        for path in sorted(self.phantom().glob("*.dcm"))[images:]:
            path.rename(rest / path.name)
        record = self.ready_of(self.ct)
        findings = [f"{f['id']}=accept" for f in items(record, "finding")]
        self.attest.signed_in("review", self.case, "structures=confirm", *findings)
        self.attest.signed_in("report", self.case, "--set", "findings=As below {stable: since 2019}.",
                              "--set", "impression=Read.")
        return rest

    def test_late_images_neither_move_nor_block_what_was_signed(self):
        rest = self.import_part(48)
        signed = self.attest.signed_in("sign", self.case)
        formats = "seg,sr,nifti,dicom"
        before = self.attest.signed_in("export", self.case, "--to", self.folder / "out", "--format", formats)
        self.assertFalse(self.attest.call("show", self.case)["changed_since_signing"])
        self.attest.import_(rest)
        now = self.attest.call("show", self.case)
        self.assertEqual(now["series"][0]["blocks"][0]["dims"][2], 64)
        self.assertEqual((now["changed_since_signing"], now["versions"][0]["hash"]), (True, signed["hash"]))
        after = self.attest.signed_in("export", self.case, "--to", self.folder / "late", "--format", formats)
        self.assertEqual(before, after)
        self.assertEqual(sum(f["format"] == "dicom" for f in after["files"]), 48)
        self.assertEqual(dicom_checks.dciodvfy_errors(self.path(before, "seg")), [])
        alone = self.attest.signed_in("export", self.case, "--to", self.folder / "alone", "--format", "sr")
        self.assertEqual(alone["files"], [f for f in before["files"] if f["format"] == "sr"])
        self.assertIn("{stable: since 2019}", self.attest.call("show", self.case)["report"]["sections"]["findings"])

    def test_what_was_found_before_the_late_images_is_not_signed(self):
        self.attest.import_(self.import_part(48))
        missing = self.refused("not_signable", self.attest.signed_in, "sign", self.case)["missing"]
        kept = [i["id"] for i in self.attest.call("show", self.case)["items"]]
        self.assertEqual([m for m in missing if m["code"] == "stale"],
                         [{"code": "stale", "finding": id_} for id_ in kept])

    def test_images_that_change_in_place_do_not_leave(self):
        record = self.ready_of(self.phantom(), "--reference")
        findings = [f"{f['id']}=accept" for f in items(record, "finding")]
        self.attest.signed_in("review", self.case, *findings)
        for name in ("0003.dcm", "0004.dcm"):
            other = pydicom.dcmread(self.ct / name)
            other.PatientID = "SOMEBODY ELSE"
            other.save_as(self.ct / name)
        error = self.refused("corrupt", self.attest.signed_in, "export", self.case, "--to", self.folder / "out",
                             "--format", "seg,sr,dicom")
        self.assertIn("2 of 64", error["message"])
        self.assertEqual([p for p in (self.folder / "out").rglob("*") if p.is_file()], [])

    def test_a_review_is_all_or_nothing(self):
        record = self.ready()
        first, *_ = items(record, "finding")
        self.refused("bad_argument", self.attest.signed_in, "review", self.case, f"{first['id']}=accept",
                     f"{first['id']}=reject:no_such_reason")
        self.assertEqual(items(self.attest.call("show", self.case), "finding"), items(record, "finding"))

    def test_a_mask_on_another_grid_is_refused(self):
        record = self.ready()
        first, *_ = items(record, "finding")
        values, affine = dicom_checks.ct_volume(self.ct.glob("*.dcm"))
        shifted = affine.copy()
        shifted[:3, 3] += 0.4 * affine[:3, 0]
        mask = numpy.zeros(values.shape, numpy.uint8)
        mask[40:50, 40:50, 10:14] = 1
        self.write_mask(mask, shifted, "shifted.nii.gz")
        self.refused("bad_geometry", self.attest.signed_in, "review", self.case,
                     f"{first['id']}=correct:mask={self.folder}/shifted.nii.gz")


class RealCt(Folder):
    def test_a_real_chest_ct_goes_the_whole_way(self):
        data = real_data("ct-chest-248")
        if data is None:
            self.skipTest("ct-chest-248 is not on this machine")
        result = self.attest.import_(data, accept=(0, 3))
        (study,) = result["studies"]
        series = max(study["series"], key=lambda s: s["instances"])
        self.assertEqual(series["blocks"][0]["dims"], [512, 512, 248])
        self.case = study["case"]
        self.attest.first_reader("reader1")
        (done,) = self.attest.call("analyze", self.case)["runs"]
        self.assertEqual(done["state"], "done", done)
        record = self.attest.call("show", self.case)
        lungs = {i["label"].lower(): i["volume_mm3"] / 1e6 for i in items(record, "structure")}
        print("volumes in litres:", lungs)
        for side in ("right lung", "left lung"):  # this patient's right lower lobe is consolidated
            self.assertTrue(1.0 < lungs[side] < 4.0, lungs)
        verdicts = [f"{f['id']}=accept" for f in items(record, "finding")]
        self.attest.signed_in("review", self.case, "structures=confirm", "read=done", *verdicts)
        self.attest.signed_in("report", self.case, "--set", "findings=See below.", "--set", "impression=Read.")
        self.attest.signed_in("sign", self.case)
        exported = self.attest.signed_in("export", self.case, "--to", self.folder / "out", "--format", "seg,sr,nifti,dicom")
        self.check_report()
        for format_ in ("seg", "sr"):
            (file,) = [f for f in exported["files"] if f["format"] == format_]
            self.assertEqual(dicom_checks.dciodvfy_errors(self.folder / "out" / file["path"]), [])
        self.check_voxels(exported)

    def check_report(self):
        """Of a case with real images: two exports are the same bytes, and every page names the patient."""
        reports = [self.attest.signed_in("export", self.case, "--to", self.folder / name, "--format", "pdf")
                   for name in ("pdf", "pdf again")]
        self.assertEqual(reports[0], reports[1])
        patient = self.attest.call("show", self.case)["patient"]["id"]
        for page in dicom_checks.pdf_pages(self.folder / "pdf/report.pdf"):
            self.assertIn(patient, page)

    def check_voxels(self, exported):
        """Our NIfTI beside pydicom's values of the images that DCMTK decompressed."""
        raw = self.folder / "raw"
        raw.mkdir()
        for n, file in enumerate(f for f in exported["files"] if f["format"] == "dicom"):
            run("dcmdjpeg", self.folder / "out" / file["path"], raw / f"{n:04}.dcm")
        values, affine = dicom_checks.ct_volume(raw.glob("*.dcm"))
        paths = [f["path"] for f in exported["files"] if f["format"] == "nifti"]
        volume, its_affine = dicom_checks.nifti(self.folder / "out" / min(paths, key=len))
        numpy.testing.assert_array_equal(volume, values)
        numpy.testing.assert_allclose(its_affine, affine, atol=1e-3)


if __name__ == "__main__":
    unittest.main(verbosity=2)
