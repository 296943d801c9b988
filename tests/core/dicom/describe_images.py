"""What pydicom reads of images: describe_images.py FILES, a text with a path a line. For each file a line:
rows, columns, frames and, of its first and last frame, position, orientation, spacing, slope and intercept; "-"
where there is none. "?" where pydicom finds the file damaged."""

import sys

import pydicom

NAMES = {
    "PlanePositionSequence": ["ImagePositionPatient"],
    "PlaneOrientationSequence": ["ImageOrientationPatient"],
    "PixelMeasuresSequence": ["PixelSpacing"],
    "PixelValueTransformationSequence": ["RescaleSlope", "RescaleIntercept"],
}


def value(dataset, frame, sequence, name):
    per_frame = dataset.get("PerFrameFunctionalGroupsSequence")
    shared = dataset.get("SharedFunctionalGroupsSequence")
    for groups in [per_frame and per_frame[frame], shared and shared[0]]:
        if groups and sequence in groups and groups[sequence].value and name in groups[sequence][0]:
            return groups[sequence][0][name].value
    return dataset.get(name)


def words(found):
    if found is None or found == "":
        return "-"
    values = found if isinstance(found, pydicom.multival.MultiValue) else [found]
    return ",".join(repr(float(x)) for x in values) or "-"


def describe(path):
    d = pydicom.dcmread(path, stop_before_pixels=True, force=True)
    frames = int(d.get("NumberOfFrames") or 1)
    line = [str(d.Rows), str(d.Columns), str(frames)]
    for frame in (0, frames - 1):
        for sequence, names in NAMES.items():
            line += [words(value(d, frame, sequence, name)) for name in names]
    return " ".join(line)


for path in open(sys.argv[1]).read().splitlines():
    try:
        print(describe(path))
    except OSError:
        print("?")
