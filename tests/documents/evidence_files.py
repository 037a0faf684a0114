"""Small files of every kind, made anew: scans, pictures, Office files, and broken ones of each."""

from __future__ import annotations

import io
import zipfile

import pikepdf
from PIL import Image

A4 = (595.28, 841.89)


def pdf(
    *words: str, size: tuple[float, float] = A4, rotate: int = 0, password: str = "", owner: str = ""
) -> bytes:
    """A PDF with a page for each word."""
    document = pikepdf.new()
    for word in words:
        page = document.add_blank_page(page_size=size)
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.obj.Contents = document.make_stream(
            f"BT /F1 24 Tf 72 {size[1] / 2:.0f} Td ({word}) Tj ET".encode()
        )
        page.rotate(rotate, relative=False)
    stream = io.BytesIO()
    locked = pikepdf.Encryption(user=password, owner=owner or password) if password or owner else None
    document.save(stream, encryption=locked or False)
    return stream.getvalue()


def signed_pdf(*, nested: bool = False) -> bytes:
    """A page with a red seal that is an electronic signature, and a text field beside it."""
    from pikepdf import Array, Dictionary, Name, String

    document = pikepdf.new()
    page = document.add_blank_page(page_size=A4)
    seal = document.make_stream(b"0.9 0 0 rg 0 0 100 100 re f")
    seal.Type, seal.Subtype, seal.BBox = Name.XObject, Name.Form, Array([0, 0, 100, 100])
    proof = Dictionary(Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), Contents=String("0" * 40))
    named = Dictionary(FT=Name.Sig, T=String("Seal"), V=document.make_indirect(proof))
    place = Dictionary(Type=Name.Annot, Subtype=Name.Widget, Rect=Array([100, 600, 300, 800]), F=4)
    place.AP = Dictionary(N=seal)
    if nested:
        above = document.make_indirect(named)
        place.Parent = above
        mark = document.make_indirect(place)
        above.Kids = Array([mark])
    else:
        above = mark = document.make_indirect(Dictionary({**dict(named.items()), **dict(place.items())}))
    box = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("Name"), Rect=Array([0, 0, 9, 9])
    )
    text = document.make_indirect(box)
    page.obj.Annots = Array([mark, text])
    document.Root.AcroForm = Dictionary(Fields=Array([above, text]), SigFlags=3)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def picture(size=(600, 400), *, kind="JPEG", orientation: int = 1, mode="RGB") -> bytes:
    """A picture whose left half is red and whose right half is blue, as it is stored."""
    image = Image.new("RGB", size, (220, 0, 0))
    image.paste((0, 0, 220), (size[0] // 2, 0, *size))
    stream, exif = io.BytesIO(), Image.Exif()
    exif[0x0112] = orientation
    image.convert(mode).save(stream, kind, exif=exif)
    return stream.getvalue()


def office(main: str = "word/document.xml", *more: str) -> bytes:
    """A zip with the parts of a Word file, or of another kind."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("[Content_Types].xml", main, *more):
            archive.writestr(name, "<x/>" * 50)
    return stream.getvalue()


DOCX = office()
XLSX = office("xl/workbook.xml")
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
