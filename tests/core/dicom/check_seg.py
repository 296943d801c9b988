"""Decodes a SEG with pydicom, independently of the program, and compares it with masks.

check_seg.py SEG GRID MASKS [own]  GRID: a text file with dims, origin, spacing and the axes of i, j, k; MASKS: a folder
with one file a segment, called by its number, one byte a voxel, i fastest. Exit 0 where each segment's voxels are the
mask's, at their patient positions. `own`: no frame may be empty, as the program writes them.
check_seg.py SEG GRID  writes the grid that spans the frames, which must be parallel.
"""
import pathlib
import sys

import numpy
import pydicom

seg = pydicom.dcmread(sys.argv[1])
count = int(seg.get("NumberOfFrames", 1))
size = count * seg.Rows * seg.Columns
if seg.BitsAllocated == 1:
    raw = numpy.frombuffer(seg.PixelData, numpy.uint8)
    if not seg.is_little_endian and seg["PixelData"].VR == "OW":
        raw = raw.reshape(-1, 2)[:, ::-1].reshape(-1)
    values = numpy.unpackbits(raw, bitorder="little")[:size].reshape(count, seg.Rows, seg.Columns)
    if seg.is_little_endian:
        assert len(seg.PixelData) == (size + 7) // 8 + (size + 7) // 8 % 2, "length of the pixel data"
        assert numpy.array_equal(values, seg.pixel_array.reshape(values.shape)), "pydicom's own decoding"
else:
    values = seg.pixel_array.reshape(count, seg.Rows, seg.Columns)


def group(frame, name):
    shared = seg.SharedFunctionalGroupsSequence[0] if "SharedFunctionalGroupsSequence" in seg else {}
    return frame[name][0] if name in frame else shared[name][0]


def plane(frame):
    spacing = [float(n) for n in group(frame, "PixelMeasuresSequence").PixelSpacing]
    cosines = numpy.array([float(n) for n in group(frame, "PlaneOrientationSequence").ImageOrientationPatient])
    position = numpy.array([float(n) for n in group(frame, "PlanePositionSequence").ImagePositionPatient])
    return position, cosines[:3] * spacing[1], cosines[3:] * spacing[0]


frames = seg.PerFrameFunctionalGroupsSequence
if len(sys.argv) == 3:
    _, right, down = plane(frames[0])
    normal = numpy.cross(right, down) / numpy.linalg.norm(numpy.cross(right, down))
    places = sorted((float(plane(frame)[0] @ normal), list(plane(frame)[0])) for frame in frames)
    along = numpy.array([place for place, _ in places])
    steps = numpy.diff(along)[numpy.diff(along) > 1e-3]
    step = steps.min() if len(steps) else float(group(frames[0], "PixelMeasuresSequence").SliceThickness)
    spacing = [numpy.linalg.norm(right), numpy.linalg.norm(down), step]
    rows = [[seg.Columns, seg.Rows, int(round((along[-1] - along[0]) / step)) + 1], places[0][1], spacing,
            right / spacing[0], down / spacing[1], normal]
    pathlib.Path(sys.argv[2]).write_text("\n".join(" ".join(repr(float(n)) for n in row) for row in rows))
    sys.exit(0)

grid = [float(word) for word in open(sys.argv[2]).read().split()]
dims = [int(n) for n in grid[0:3]]
origin = numpy.array(grid[3:6])
matrix = numpy.array(grid[9:18]).reshape(3, 3).T * numpy.array(grid[6:9])  # columns: steps along i, j, k
least = 1
if seg.SegmentationType == "FRACTIONAL":
    least = seg.MaximumFractionalValue / 2
labels = seg.SegmentationType == "LABELMAP"
background = seg.get("PixelPaddingValue", 0) if labels else None
masks = {s.SegmentNumber: numpy.zeros(dims, numpy.uint8) for s in seg.SegmentSequence if s.SegmentNumber != background}
for pixels, frame in zip(values, frames):
    position, right, down = plane(frame)
    if len(sys.argv) > 4:
        assert pixels.any(), "an empty frame"
    numbers = numpy.unique(pixels) if labels else [group(frame, "SegmentIdentificationSequence").ReferencedSegmentNumber]
    for number in numbers:
        if number not in masks:
            continue
        rows, columns = numpy.nonzero(pixels == number if labels else pixels >= least)
        places = position[:, None] + right[:, None] * columns + down[:, None] * rows
        index = numpy.linalg.solve(matrix, places - origin[:, None])
        whole = numpy.rint(index).astype(int)
        assert not len(rows) or numpy.abs(index - whole).max() < 0.1, "a voxel beside its place"
        masks[number][tuple(whole)] = 1

names = {int(path.name) for path in pathlib.Path(sys.argv[3]).iterdir()}
assert names == set(masks), f"segments {sorted(masks)}, not {sorted(names)}"
for number, mask in masks.items():
    truth = numpy.fromfile(pathlib.Path(sys.argv[3]) / str(number), numpy.uint8).reshape(dims[::-1]).transpose(2, 1, 0)
    assert numpy.array_equal(mask, truth), f"segment {number} differs in {(mask != truth).sum()} voxels"
print({number: int(mask.sum()) for number, mask in masks.items()})
