"""Writes images whose truth is known, with pydicom: make_images.py FOLDER. A folder each:
enhanced, fourd, diffusion, film, tomo, many (20,000 frames) and pet."""

import os
import struct
import sys

import numpy as np
import pydicom
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.sequence import Sequence
from pydicom.uid import ExplicitVRLittleEndian, generate_uid

ENHANCED_CT = "1.2.840.10008.5.1.4.1.1.2.1"
ENHANCED_MR = "1.2.840.10008.5.1.4.1.1.4.1"
NM = "1.2.840.10008.5.1.4.1.1.20"
PT = "1.2.840.10008.5.1.4.1.1.128"


def item(**values):
    dataset = Dataset()
    for name, value in values.items():
        setattr(dataset, name, value)
    return dataset


def image(sop_class, modality, frames, rows=4, columns=5):
    """A file of `frames` frames whose pixels count from 0; frame k adds 100 k."""
    meta = FileMetaDataset()
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    meta.MediaStorageSOPClassUID = sop_class
    meta.MediaStorageSOPInstanceUID = generate_uid()
    d = FileDataset(None, {}, file_meta=meta, preamble=b"\0" * 128)
    d.is_little_endian, d.is_implicit_VR = True, False
    d.SOPClassUID, d.SOPInstanceUID = sop_class, meta.MediaStorageSOPInstanceUID
    d.StudyInstanceUID, d.SeriesInstanceUID = "1.2.3.1", "1.2.3.2"
    d.FrameOfReferenceUID = "1.2.3.3"
    d.PatientID, d.PatientName, d.Modality = "ATT-TEST-2", "TEST^Frames", modality
    d.InstanceNumber = 1
    d.Rows, d.Columns, d.NumberOfFrames = rows, columns, frames
    d.SamplesPerPixel, d.PhotometricInterpretation = 1, "MONOCHROME2"
    d.BitsAllocated, d.BitsStored, d.HighBit, d.PixelRepresentation = 16, 16, 15, 0
    pixels = np.arange(rows * columns, dtype="<u2")[None] + 100 * np.arange(frames, dtype="<u2")[:, None]
    d.PixelData = pixels.tobytes()
    return d


def save(d, folder, name, open_sequences=False):
    os.makedirs(folder, exist_ok=True)
    if open_sequences:
        for element in d.iterall():
            if element.VR == "SQ":
                element.is_undefined_length = True
                for one in element.value:
                    one.is_undefined_length_sequence_item = True
    d.save_as(os.path.join(folder, name), write_like_original=False)


def shared(d, **groups):
    measures = item(PixelSpacing=[0.8, 0.7], SliceThickness=9)
    orientation = item(ImageOrientationPatient=[1, 0, 0, 0, 1, 0])
    one = item(PixelMeasuresSequence=Sequence([measures]), PlaneOrientationSequence=Sequence([orientation]))
    for name, value in groups.items():
        setattr(one, name, Sequence([value]))
    d.SharedFunctionalGroupsSequence = Sequence([one])


def frame(position, content=None, **groups):
    one = item(PlanePositionSequence=Sequence([item(ImagePositionPatient=position)]))
    if content is not None:
        one.FrameContentSequence = Sequence([content])
    for name, value in groups.items():
        setattr(one, name, Sequence([value]))
    return one


def enhanced(folder):
    """Six slices 2.5 mm apart in a mixed order, each with a slope of its own over one that all share."""
    d = image(ENHANCED_CT, "CT", 6)
    d.ImageType = ["ORIGINAL", "PRIMARY", "VOLUME", "NONE"]
    shared(
        d,
        PixelValueTransformationSequence=item(RescaleIntercept=-1000, RescaleSlope=9, RescaleType="HU"),
        FrameVOILUTSequence=item(WindowCenter=40, WindowWidth=400),
        CTReconstructionSequence=item(ConvolutionKernel="B30f"),
    )
    frames = []
    for k in [3, 0, 5, 1, 4, 2]:
        rescale = item(RescaleIntercept=-1000, RescaleSlope=1 + k, RescaleType="HU")
        content = item(StackID="1", InStackPositionNumber=k + 1, FrameAcquisitionDateTime=f"2026080109150{k}.25")
        frames.append(frame([-5, -6, 10 + 2.5 * k], content, PixelValueTransformationSequence=rescale))
    d.PerFrameFunctionalGroupsSequence = Sequence(frames)
    save(d, folder, "one.dcm", open_sequences=True)


def fourd(folder):
    """Three places at four times, the times outside."""
    d = image(ENHANCED_MR, "MR", 12)
    shared(d)
    d.PerFrameFunctionalGroupsSequence = Sequence(
        [
            frame([0, 0, 5.0 * z], item(StackID="1", InStackPositionNumber=z + 1, TemporalPositionIndex=t + 1))
            for t in range(4)
            for z in range(3)
        ]
    )
    save(d, folder, "one.dcm")


def diffusion(folder):
    """Two places with b = 0 and, in two directions, b = 1000."""
    d = image(ENHANCED_MR, "MR", 6)
    shared(d)
    frames = []
    for b, direction in [(0, None), (1000, [1, 0, 0]), (1000, [0, 1, 0])]:
        for z in range(2):
            weighting = item(DiffusionBValue=float(b))
            if direction:
                gradient = item(DiffusionGradientOrientation=[float(x) for x in direction])
                weighting.DiffusionGradientDirectionSequence = Sequence([gradient])
            frames.append(frame([0, 0, 5.0 * z], MRDiffusionSequence=weighting))
    d.PerFrameFunctionalGroupsSequence = Sequence(frames)
    save(d, folder, "one.dcm")


def film(folder):
    """One place in eight phases of the heart."""
    d = image(ENHANCED_MR, "MR", 8)
    shared(d)
    d.PerFrameFunctionalGroupsSequence = Sequence(
        [
            frame([0, 0, 5], CardiacSynchronizationSequence=item(NominalCardiacTriggerDelayTime=40.0 * (7 - k)))
            for k in range(8)
        ]
    )
    save(d, folder, "one.dcm")


def tomo(folder):
    """A reconstructed tomogram whose slices are stacked towards the viewer."""
    d = image(NM, "NM", 5)
    d.ImageType = ["ORIGINAL", "PRIMARY", "RECON TOMO", "EMISSION"]
    d.PixelSpacing, d.SpacingBetweenSlices, d.SliceThickness = [4, 4], -4.5, 4.5
    d.FrameIncrementPointer = 0x00540080
    d.SliceVector = [1, 2, 3, 4, 5]
    d.DetectorInformationSequence = Sequence(
        [item(ImagePositionPatient=[-10, -20, 30], ImageOrientationPatient=[1, 0, 0, 0, 1, 0])]
    )
    save(d, folder, "one.dcm")


def many(folder, frames=20000):
    """As many frames as a long perfusion has, written as bytes: pydicom takes a minute for them."""
    d = image(ENHANCED_CT, "CT", frames, rows=1, columns=2)
    pixels = d.PixelData
    del d.PixelData
    shared(d, PixelValueTransformationSequence=item(RescaleIntercept=0, RescaleSlope=1, RescaleType="HU"))
    save(d, folder, "one.dcm")

    def element(group, number, vr, value):
        head = struct.pack("<HH2s", group, number, vr)
        if vr in (b"SQ", b"OW"):
            return head + struct.pack("<HI", 0, len(value)) + value
        return head + struct.pack("<H", len(value)) + value

    def sequence(group, number, value):
        return element(group, number, b"SQ", struct.pack("<HHI", 0xFFFE, 0xE000, len(value)) + value)

    items = []
    for k in range(frames):
        content = element(0x0020, 0x9128, b"UL", struct.pack("<I", k // 200 + 1))
        text = f"0\\0\\{k % 200}".encode()
        position = element(0x0020, 0x0032, b"DS", text + b" " * (len(text) % 2))
        value = sequence(0x0020, 0x9111, content) + sequence(0x0020, 0x9113, position)
        items.append(struct.pack("<HHI", 0xFFFE, 0xE000, len(value)) + value)
    with open(os.path.join(folder, "one.dcm"), "ab") as file:
        file.write(element(0x5200, 0x9230, b"SQ", b"".join(items)))
        file.write(element(0x7FE0, 0x0010, b"OW", pixels))


def pet(folder):
    """A PET series with a slope for each slice; after midnight, the injection before it. truth.txt holds the
    SUVbw of its first pixel and of its last."""
    weight, dose, half_life = 72.5, 350e6, 6586.2
    minutes = 64.5
    decayed = dose * 2 ** (-minutes * 60 / half_life)
    suv = []
    for k in range(4):
        d = image(PT, "PT", 1)
        del d.NumberOfFrames
        d.ImageType = ["ORIGINAL", "PRIMARY"]
        d.InstanceNumber = k + 1
        d.ImagePositionPatient, d.ImageOrientationPatient = [0, 0, 3.0 * k], [1, 0, 0, 0, 1, 0]
        d.PixelSpacing, d.SliceThickness = [4, 4], 3
        d.RescaleSlope, d.RescaleIntercept = 0.5 + 0.25 * k, 0
        d.Units, d.CorrectedImage, d.DecayCorrection = "BQML", ["NORM", "ATTN", "DECY"], "START"
        d.PatientWeight, d.PatientSize, d.PatientSex = weight, 1.75, "M"
        d.SeriesDate, d.SeriesTime = "20260802", "000130.00"
        d.AcquisitionDate, d.AcquisitionTime = "20260802", f"00{2 + k:02d}00.00"
        d.RadiopharmaceuticalInformationSequence = Sequence(
            [item(RadionuclideTotalDose=dose, RadionuclideHalfLife=half_life, RadiopharmaceuticalStartTime="225700.00")]
        )
        suv.append(d.pixel_array * float(d.RescaleSlope) * weight * 1000 / decayed)
        save(d, folder, f"{k}.dcm")
    volume = np.stack(suv)
    with open(os.path.join(folder, "truth.txt"), "w") as file:
        file.write(f"{volume[0, 0, 1]:.17g} {volume[3, 3, 4]:.17g}\n")


if __name__ == "__main__":
    for make in (enhanced, fourd, diffusion, film, tomo, many, pet):
        make(os.path.join(sys.argv[1], make.__name__))
