"""Decodes a SEG with pydicom, independently of the program, and compares it with masks.

check_seg.py SEG GRID MASK...  GRID: a text file with dims, origin, spacing and the axes of i, j, k; MASK: one byte
a voxel, i fastest, one file a segment. Exit 0 where each segment's voxels are the mask's, at their patient positions.
"""
import sys

import numpy
import pydicom

seg = pydicom.dcmread(sys.argv[1])
grid = [float(word) for word in open(sys.argv[2]).read().split()]
dims = [int(n) for n in grid[0:3]]
origin = numpy.array(grid[3:6])
matrix = numpy.array(grid[9:18]).reshape(3, 3).T * numpy.array(grid[6:9])  # columns: steps along i, j, k

bits = numpy.unpackbits(numpy.frombuffer(seg.PixelData, numpy.uint8), bitorder="little")
size = seg.NumberOfFrames * seg.Rows * seg.Columns
assert len(seg.PixelData) == (size + 7) // 8 + (size + 7) // 8 % 2, "length of the pixel data"
frames = bits[:size].reshape(seg.NumberOfFrames, seg.Rows, seg.Columns)
assert numpy.array_equal(frames, seg.pixel_array.reshape(frames.shape)), "pydicom's own decoding"
assert frames.any(axis=(1, 2)).all(), "an empty frame"

shared = seg.SharedFunctionalGroupsSequence[0]
spacing = [float(n) for n in shared.PixelMeasuresSequence[0].PixelSpacing]
cosines = numpy.array([float(n) for n in shared.PlaneOrientationSequence[0].ImageOrientationPatient])
masks = [numpy.zeros(dims, numpy.uint8) for _ in seg.SegmentSequence]
for frame, group in zip(frames, seg.PerFrameFunctionalGroupsSequence):
    number = group.SegmentIdentificationSequence[0].ReferencedSegmentNumber
    position = numpy.array([float(n) for n in group.PlanePositionSequence[0].ImagePositionPatient])
    rows, columns = numpy.nonzero(frame)
    along, down = cosines[:3, None] * spacing[1] * columns, cosines[3:, None] * spacing[0] * rows
    places = position[:, None] + along + down
    index = numpy.linalg.solve(matrix, places - origin[:, None])
    whole = numpy.rint(index).astype(int)
    assert numpy.abs(index - whole).max() < 1e-3, "a voxel beside its place"
    masks[number - 1][tuple(whole)] = 1

assert len(masks) == len(sys.argv) - 3, "number of segments"
for number, (mask, path) in enumerate(zip(masks, sys.argv[3:]), 1):
    truth = numpy.fromfile(path, numpy.uint8).reshape(dims[::-1]).transpose(2, 1, 0)
    assert numpy.array_equal(mask, truth), f"segment {number} differs in {(mask != truth).sum()} voxels"
