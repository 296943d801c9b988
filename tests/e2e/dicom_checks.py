"""What other programs say of our DICOM objects: pydicom, dciodvfy, dsrdump. None of our own code reads here."""

import subprocess

import nibabel
import numpy
import pydicom

from program import run

LPS_FROM_RAS = numpy.diag([-1.0, -1.0, 1.0, 1.0])


def dciodvfy_errors(path):
    done = subprocess.run(["dciodvfy", "-new", str(path)], capture_output=True, text=True)
    lines = (done.stdout + done.stderr).splitlines()
    assert lines, "dciodvfy said nothing"
    return [line for line in lines if line.startswith("Error")]


def ct_volume(files):
    """HU values and the LPS affine of a regular axial series, by pydicom alone: array [i, j, k]."""
    slices = [pydicom.dcmread(file) for file in files]
    row, column = (numpy.array(slices[0].ImageOrientationPatient[a:a + 3], float) for a in (0, 3))
    normal = numpy.cross(row, column)
    slices.sort(key=lambda s: numpy.dot(normal, numpy.array(s.ImagePositionPatient, float)))
    first, last = (numpy.array(slices[n].ImagePositionPatient, float) for n in (0, -1))
    affine = numpy.eye(4)
    affine[:3, 0] = row * float(slices[0].PixelSpacing[1])
    affine[:3, 1] = column * float(slices[0].PixelSpacing[0])
    affine[:3, 2] = (last - first) / (len(slices) - 1)
    affine[:3, 3] = first
    values = [s.pixel_array * float(s.RescaleSlope) + float(s.RescaleIntercept) for s in slices]
    return numpy.stack(values, axis=-1).transpose(1, 0, 2), affine


def nifti(path):
    """The values of a NIfTI file and its affine in LPS."""
    image = nibabel.load(path)
    return numpy.asarray(image.dataobj), LPS_FROM_RAS @ image.affine


def segments(path, shape, affine):
    """The masks of a binary SEG by segment number, each frame put where its own position says: [i, j, k] bool."""
    seg = pydicom.dcmread(path)
    frames = seg.pixel_array.reshape(-1, seg.Rows, seg.Columns)
    to_index = numpy.linalg.inv(affine)
    masks = {s.SegmentNumber: numpy.zeros(shape, bool) for s in seg.SegmentSequence}
    for frame, groups in zip(frames, seg.PerFrameFunctionalGroupsSequence):
        number = groups.SegmentIdentificationSequence[0].ReferencedSegmentNumber
        position = [float(v) for v in groups.PlanePositionSequence[0].ImagePositionPatient]
        index = to_index @ numpy.array([*position, 1.0])
        assert numpy.abs(index[:3] - numpy.round(index[:3])).max() < 1e-3, f"a frame lies off the grid: {index}"
        i, j, k = numpy.round(index[:3]).astype(int)
        assert (i, j) == (0, 0) and 0 <= k < shape[2], f"a frame lies outside: {index}"
        masks[number][:, :, k] |= frame.T.astype(bool)
    return seg, masks


def content(dataset, value):
    """Every content item of an SR whose concept name has this code value."""
    found = []
    for item in dataset.get("ContentSequence", []):
        names = item.get("ConceptNameCodeSequence", [])
        if names and names[0].CodeValue == value:
            found.append(item)
        found += content(item, value)
    return found


def dsrdump(path):
    return run("dsrdump", path)


def pdf_pages(path):
    """The text of each page, by poppler."""
    return run("pdftotext", "-layout", path, "-").split("\f")[:-1]


def dice(a, b):
    return 2 * numpy.logical_and(a, b).sum() / (a.sum() + b.sum())
