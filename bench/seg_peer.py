"""The peer of seg_bench: seg_peer.py SEG COPY opens a binary SEG into one mask a segment and writes it again, with its
frames packed anew. Prints the seconds of both as JSON."""
import json
import sys
import time

import numpy
import pydicom

start = time.perf_counter()
seg = pydicom.dcmread(sys.argv[1])
frames = numpy.unpackbits(numpy.frombuffer(seg.PixelData, numpy.uint8), bitorder="little")
frames = frames[: seg.NumberOfFrames * seg.Rows * seg.Columns].reshape(seg.NumberOfFrames, seg.Rows, seg.Columns)
planes = {}
for frame, group in zip(frames, seg.PerFrameFunctionalGroupsSequence):
    number = group.SegmentIdentificationSequence[0].ReferencedSegmentNumber
    planes.setdefault(number, []).append((float(group.PlanePositionSequence[0].ImagePositionPatient[2]), frame))
masks = {}
for number, slices in planes.items():
    slices.sort(key=lambda one: one[0])
    masks[number] = (slices[0][0], numpy.stack([frame for _, frame in slices]))
opened = time.perf_counter() - start

start = time.perf_counter()
seg.PixelData = numpy.packbits(numpy.concatenate([mask for _, mask in masks.values()]).reshape(-1), bitorder="little").tobytes()
seg.save_as(sys.argv[2])
print(json.dumps({"open_s": opened, "write_s": time.perf_counter() - start}))
