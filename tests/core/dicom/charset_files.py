"""Writes a file for every defined term of Specific Character Set: argv[1] is the folder.

One text of all that the set has goes into Study Description, a name of three groups into Patient's Name. A line a file on stdout, as they must be read: FILE<tab>NAME<tab>DESCRIPTION.
"""
import sys
import warnings

import pydicom
from pydicom import charset
from pydicom.dataset import FileDataset, FileMetaDataset

warnings.simplefilter("ignore")

# Terms and Python's own name of the set that they add.
SINGLE = {"100": "iso8859_1", "101": "iso8859_2", "109": "iso8859_3", "110": "iso8859_4", "144": "iso8859_5",
          "127": "iso8859_6", "126": "iso8859_7", "138": "iso8859_8", "148": "iso8859_9", "203": "iso8859_15",
          "13": "shift_jis", "166": "iso8859_11"}
DOUBLE = {"87": "iso2022_jp", "159": "iso2022_jp_2", "149": "euc_kr", "58": "gb2312"}
ESCAPES = {"100": b"-A", "101": b"-B", "109": b"-C", "110": b"-D", "144": b"-L", "127": b"-G", "126": b"-F",
           "138": b"-H", "148": b"-M", "203": b"-b", "13": b")I", "166": b"-T"}


def has(char, codec, low, high):
    try:
        return low <= len(char.encode(codec)) <= high
    except UnicodeEncodeError:
        return False


def single(number):
    chars = []
    for byte in range(0xA0, 0x100):
        try:
            chars.append(bytes([byte]).decode(SINGLE[number]))
        except UnicodeDecodeError:
            pass
    return "".join(c for c in chars if len(c) == 1 and (number != "13" or "\uff61" <= c <= "\uff9f"))


def double(number):
    if number == "159":  # JIS X 0212 alone: what JIS X 0208 does not have
        pairs = [bytes([0x8F, a, b]) for a in range(0xA1, 0xFF) for b in range(0xA1, 0xFF)]
        codec = "euc_jp"
    else:
        pairs = [bytes([a, b]) for a in range(0xA1, 0xFF) for b in range(0xA1, 0xFF)]
        codec = {"87": "euc_jp", "149": "euc_kr", "58": "gb2312"}[number]
    chars = []
    for pair in pairs:
        try:
            chars.append(pair.decode(codec))
        except UnicodeDecodeError:
            pass
    return "".join(c for c in chars if len(c) == 1 and c != "~")  # the tilde of JIS X 0212: full width or not


def raw(number, text):
    """The bytes of a text of two-byte characters, by the standard's rules rather than by pydicom."""
    if number in ("149", "58"):
        return b"\x1b" + {"149": b"$)C", "58": b"$)A"}[number] + text.encode(DOUBLE[number])
    low = bytes(b & 0x7F for c in text for b in c.encode("euc_jp")[-2:])
    return b"\x1b" + {"87": b"$B", "159": b"$(D"}[number] + low + b"\x1b(B"


def write(folder, title, terms, name, description):
    meta = FileMetaDataset()
    meta.TransferSyntaxUID = pydicom.uid.ExplicitVRLittleEndian
    meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.7"
    meta.MediaStorageSOPInstanceUID = "1.2.3"
    path = f"{folder}/{title}.dcm"
    data = FileDataset(path, {}, file_meta=meta, preamble=bytes(128))
    data.is_little_endian, data.is_implicit_VR = True, False
    data.SpecificCharacterSet = terms
    data.SOPClassUID, data.SOPInstanceUID = meta.MediaStorageSOPClassUID, "1.2.3"
    data.StudyInstanceUID, data.SeriesInstanceUID, data.Modality = "1.2", "1.2.1", "OT"
    data.PatientName = name
    data.StudyDescription = description
    data.Rows = data.Columns = data.SamplesPerPixel = 1
    data.BitsAllocated = data.BitsStored = 8
    data.HighBit, data.PixelRepresentation, data.PhotometricInterpretation = 7, 0, "MONOCHROME2"
    data.PixelData = b"\0\0"
    data.save_as(path)
    return path


def main(folder):
    for number in SINGLE:
        text = single(number)
        native = SINGLE[number]
        for title, terms, escape in (
                (f"IR{number}", f"ISO_IR {number}", b""),
                (f"2022_IR{number}", ["ISO 2022 IR 6", f"ISO 2022 IR {number}"], b"\x1b" + ESCAPES[number])):
            word = text[:3].strip() or text[3:6]
            encoded = escape + text.encode(native)
            # After a delimiter of a name the first set holds again: each part invokes its own.
            part = escape + word.encode(native)
            path = write(folder, title, terms, b"A^B=" + part + b"^" + part, encoded)
            print(path, f"A^B={word}^{word}", text, sep="\t")
    for number in DOUBLE:
        text = double(number)
        word = text[len(text) // 2:len(text) // 2 + 3]
        path = write(folder, f"2022_IR{number}", ["", f"ISO 2022 IR {number}"],
                     b"A^B=" + raw(number, word) + b"^" + raw(number, word), raw(number, text))
        print(path, f"A^B={word}^{word}", text, sep="\t")
    every = [chr(c) for c in range(0xA0, 0x10000) if not 0xD800 <= c < 0xF900 and not 0xFDD0 <= c < 0xFDF0
             and c != 0x1E3F and not 0x9FB4 <= c < 0x9FBC and not 0xFE10 <= c < 0xFE1A]  # editions of GB18030 differ
    for terms, codec in (("ISO_IR 192", "utf_8"), ("GB18030", "gb18030"), ("GBK", "gbk")):
        text = "".join(c for c in every[::9] if has(c, codec, 1, 4) and c not in "\ufeff")
        name = f"{text[-9:-6]}^{text[-6:-3]}"
        # By Python's codec: pydicom 2 splits at a backslash that is half of a character.
        path = write(folder, terms.replace(" ", "_"), terms, f"A^B={name}".encode(codec), text.encode(codec))
        print(path, f"A^B={name}", text, sep="\t")
    # Written by pydicom's own encoder, read back by its decoder.
    for title, terms, name in (
            ("mixed_japanese", ["ISO 2022 IR 13", "ISO 2022 IR 87"],
             "\uff94\uff8f\uff80\uff9e^\uff80\uff9b\uff73=\u5c71\u7530^\u592a\u90ce=\u3084\u307e\u3060^\u305f\u308d\u3046"),
            ("mixed_korean", ["", "ISO 2022 IR 149"], "Hong^Gildong=\u6d2a^\u5409\u6d1e=\ud64d^\uae38\ub3d9"),
            ("mixed_europe", ["ISO 2022 IR 100", "ISO 2022 IR 144", "ISO 2022 IR 126"],
             "Dionysios^\u00e9t\u00e9=\u041b\u044e\u043a^\u0394\u03b9\u03bf")):
        path = write(folder, title, terms, name, "plain")
        data = pydicom.dcmread(path)
        print(path, str(data.PatientName), data.StudyDescription, sep="\t")


main(sys.argv[1])
