"""Streams that are far larger than they look, or lie about their length."""

from tests.hostile.plain import FREE, HELLO, bomb, bombed, one_page, stream

MEGABYTE = 1 << 20
ZEROS = bytes(MEGABYTE)


def flate_bomb() -> bytes:
    return one_page(body=bombed(ZEROS, 1024))


def flate_twice() -> bytes:
    inner = bomb(ZEROS, 4096)
    return one_page(body=stream(bomb(inner, 1), b"/Filter[/FlateDecode/FlateDecode]"))


def run_length() -> bytes:
    return one_page(body=stream(b"\x81\x00" * 2_000_000 + b"\x80", b"/Filter/RunLengthDecode"))


def lzw_bomb() -> bytes:
    codes = (256, 0, *range(258, 4094))
    turn = "".join(f"{code:0{max(9, (code + 1).bit_length())}b}" for code in codes)
    turn += f"{256:012b}"
    eight = turn * 8
    made = int(eight, 2).to_bytes(len(eight) // 8, "big")
    return one_page(body=stream(made * 12, b"/Filter/LZWDecode"))


def many_filters() -> bytes:
    return one_page(body=stream(b"41" * 1000, b"/Filter[" + b"/ASCIIHexDecode" * 5000 + b"]"))


def predictor_columns() -> bytes:
    entries = b"/DecodeParms<</Predictor 15/Columns 2147483647/Colors 32/BitsPerComponent 16>>"
    return one_page(body=bombed(ZEROS, 8, entries))


def object_stream_bomb() -> bytes:
    entries = b"/Type/ObjStm/N 1000000/First 900000000"
    return one_page(more={FREE: bombed(ZEROS, 1024, entries)}, catalog=b"/Metadata 10 0 R")


def metadata_bomb() -> bytes:
    held = b"<?xml version='1.0'?><a>" + b"<b/>" * 4
    made = bombed(held.ljust(MEGABYTE), 256, b"/Type/Metadata/Subtype/XML")
    return one_page(more={FREE: made}, catalog=b"/Metadata 10 0 R")


def negative_length() -> bytes:
    return one_page(body=b"<</Length -1>>\nstream\n" + HELLO + b"\nendstream")


def own_length() -> bytes:
    return one_page(body=b"<</Length 4 0 R>>\nstream\n" + HELLO + b"\nendstream")


def endless_length() -> bytes:
    return one_page(body=b"<</Length 99999999999999>>\nstream\n" + HELLO + b"\nendstream")


def broken_flate() -> bytes:
    made = bytearray(bomb(b"0 g " * 250_000, 20))
    made[len(made) // 2] ^= 0xFF
    return one_page(body=stream(bytes(made), b"/Filter/FlateDecode"))


def huge_image() -> bytes:
    entries = b"/Type/XObject/Subtype/Image/Width 30000/Height 30000/BitsPerComponent 8"
    made = bombed(ZEROS, 2575, entries + b"/ColorSpace/DeviceRGB")
    return one_page(b"/Im Do\n", more={FREE: made}, resources=b"/XObject<</Im 10 0 R>>")


def lying_image() -> bytes:
    entries = b"/Type/XObject/Subtype/Image/Width 2000000000/Height 2000000000/BitsPerComponent 16"
    made = bombed(ZEROS, 1, entries + b"/ColorSpace/DeviceCMYK")
    return one_page(b"/Im Do\n", more={FREE: made}, resources=b"/XObject<</Im 10 0 R>>")


def own_mask() -> bytes:
    entries = b"/Type/XObject/Subtype/Image/Width 9/Height 9/BitsPerComponent 8/SMask 10 0 R"
    made = stream(bytes(243), entries + b"/ColorSpace/DeviceRGB")
    return one_page(b"/Im Do\n", more={FREE: made}, resources=b"/XObject<</Im 10 0 R>>")


def jbig2_page() -> bytes:
    size = (0x7FFFFFFF).to_bytes(4, "big") * 2
    segment = b"\x00\x00\x00\x00\x30\x00\x01\x00\x00\x00\x13" + size + bytes(11)
    entries = b"/Type/XObject/Subtype/Image/Width 60000/Height 60000/BitsPerComponent 1"
    made = stream(segment, entries + b"/ColorSpace/DeviceGray/Filter/JBIG2Decode")
    return one_page(b"/Im Do\n", more={FREE: made}, resources=b"/XObject<</Im 10 0 R>>")


def jpx_page() -> bytes:
    size = (0xFFFFFF00).to_bytes(4, "big")
    siz = b"\xff\x4f\xff\x51\x00\x29\x00\x00" + size * 2 + bytes(8) + size * 2 + bytes(8)
    made = siz + b"\x00\x01\x07\x01\x01\xff\x52\x00\x0c"
    entries = b"/Type/XObject/Subtype/Image/Width 65535/Height 65535/Filter/JPXDecode"
    return one_page(
        b"/Im Do\n",
        more={FREE: stream(made, entries)},
        resources=b"/XObject<</Im 10 0 R>>",
    )
