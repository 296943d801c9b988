"""Decodes files with independent readers. stdin: a line PEER|FILE|OUT each; OUT gets all frames.

pydicom: its own code for native and RLE pixels. gdcm: GDCM's decoders. turbo: libjpeg-turbo, by ImageMagick.
openjph: OpenJPH, for HTJ2K. Grey integers are cut to Bits Stored and their sign extended, which no peer does by itself. Written: little endian, int32 (grey integers), float64 (floats), uint8 (colours, as RGB).
"""
import subprocess
import sys
import tempfile
import warnings

import numpy
import pydicom
from pydicom.pixel_data_handlers import util

warnings.simplefilter("ignore")


def by_pydicom(path):
    data = pydicom.dcmread(path, force=True)
    if "TransferSyntaxUID" not in data.file_meta:
        data.file_meta.TransferSyntaxUID = (
            "1.2.840.10008.1.2" if data.is_implicit_VR else "1.2.840.10008.1.2.1")
    pixels = data.pixel_array
    colour = data.PhotometricInterpretation
    if colour == "PALETTE COLOR":
        pixels = util.apply_color_lut(pixels, data)
        if pixels.dtype.itemsize > 1 and pixels.max() > 255:
            pixels = pixels >> 8
    elif colour.startswith("YBR_FULL"):
        pixels = util.convert_color_space(pixels, colour, "RGB")
    elif colour == "RGB" and pixels.dtype.itemsize > 1:
        pixels = pixels >> (data.BitsStored - 8)
    return pixels, colour not in ("MONOCHROME1", "MONOCHROME2")


def by_gdcm(path):
    import gdcm

    reader = gdcm.ImageReader()
    reader.SetFileName(path)
    if not reader.Read():
        raise RuntimeError("GDCM does not read it")
    image = reader.GetImage()
    kind = image.GetPixelFormat()
    types = {gdcm.PixelFormat.UINT8: "u1", gdcm.PixelFormat.INT8: "i1", gdcm.PixelFormat.UINT12: "u2",
             gdcm.PixelFormat.INT12: "i2", gdcm.PixelFormat.UINT16: "u2", gdcm.PixelFormat.INT16: "i2",
             gdcm.PixelFormat.UINT32: "u4", gdcm.PixelFormat.INT32: "i4"}
    buffer = image.GetBuffer().encode("utf-8", errors="surrogateescape")
    return numpy.frombuffer(buffer, "<" + types[kind.GetScalarType()]), kind.GetSamplesPerPixel() == 3


def by_gdcm_signed(path):
    """GDCM's bits as the signed values that the JPEG 2000 stream says they are."""
    pixels, colour = by_gdcm(path)
    return pixels.astype("<i2"), colour


def by_turbo(path):
    data = pydicom.dcmread(path)
    frames = pydicom.encaps.generate_pixel_data_frame(data.PixelData, int(data.get("NumberOfFrames", 1)))
    decoded = [subprocess.run(["convert", "jpg:-", "-depth", "8", "rgb:-"], input=frame, check=True,
                              stdout=subprocess.PIPE).stdout for frame in frames]
    return numpy.frombuffer(b"".join(decoded), "u1"), True


def by_openjph(path):
    data = pydicom.dcmread(path)
    with tempfile.TemporaryDirectory() as folder:
        with open(folder + "/in.j2c", "wb") as file:
            file.write(next(pydicom.encaps.generate_pixel_data_frame(data.PixelData, 1)))
        subprocess.run(["ojph_expand", "-i", folder + "/in.j2c", "-o", folder + "/out.ppm"], check=True,
                       stdout=subprocess.DEVNULL)
        with open(folder + "/out.ppm", "rb") as file:
            return numpy.frombuffer(file.read()[-data.Rows * data.Columns * 3:], "u1"), True


def stored_bits(pixels, path):
    data = pydicom.dcmread(path, force=True, stop_before_pixels=True)
    if pixels.dtype.kind == "f" or data.BitsStored == data.BitsAllocated:
        return pixels
    allocated, stored = data.BitsAllocated, data.BitsStored
    kind = ("<i" if data.PixelRepresentation else "<u") + str(allocated // 8)
    whole = pixels.astype(kind) << (allocated - 1 - data.HighBit)
    return whole.astype(kind) >> (allocated - stored)


READERS = {"pydicom": by_pydicom, "gdcm": by_gdcm, "gdcm-signed": by_gdcm_signed, "turbo": by_turbo,
           "openjph": by_openjph}


def write(peer, path, out):
    pixels, colour = READERS[peer](path)
    if not colour:
        pixels = stored_bits(pixels, path)
    kind = "u1" if colour else "<f8" if pixels.dtype.kind == "f" else "<i4"
    pixels.astype(kind).tofile(out)


for line in sys.stdin:
    peer, path, out = line.rstrip("\n").split("|")
    try:
        write(peer, path, out)
    except Exception as error:  # the test says which file has no peer's pixels
        print(path, peer, error, file=sys.stderr)
