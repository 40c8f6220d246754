"""Files that are made to hurt: each is refused with its code, quickly and without much memory."""

import io
import struct
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest

from api.checklists.workbook_faults import BadWorkbook
from api.checklists.workbook_in import from_xlsx
from tests.support.workbooks import by_hand, rezipped

ITEMS = "xl/worksheets/sheet3.xml"
ENOUGH_MEMORY = 60_000_000


def with_part(name: str, part: bytes | None) -> bytes:
    return rezipped(by_hand(), {name: part})


def with_row(row: str) -> bytes:
    """The items with one more row, as XML."""
    return with_part(ITEMS, part_of(ITEMS).replace(b"</sheetData>", f"{row}</sheetData>".encode()))


def part_of(name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(by_hand())) as package:
        return package.read(name)


def bomb(size: int) -> bytes:
    return with_part("xl/media/picture.png", b"\0" * size)


def many_parts() -> bytes:
    return rezipped(by_hand(), {f"xl/media/{n}.png": b"" for n in range(300)})


def lying_size() -> bytes:
    """A part whose directory says that it is small."""
    body = bytearray(rezipped(by_hand(), {ITEMS: part_of(ITEMS) + b" " * 3_000_000}))
    at = body.rindex(ITEMS.encode()) - 46
    assert body[at : at + 4] == b"PK\x01\x02"
    struct.pack_into("<I", body, at + 24, 10)
    return bytes(body)


def two_of_a_name() -> bytes:
    out = io.BytesIO(by_hand())
    with zipfile.ZipFile(out, "a") as package:
        package.writestr(ITEMS.upper(), b"<worksheet/>")
    return out.getvalue()


def locked() -> bytes:
    body = bytearray(by_hand())
    for sign, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = body.find(sign)
        while at >= 0:
            body[at + offset] |= 1
            at = body.find(sign, at + 4)
    return bytes(body)


def laughs() -> bytes:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
    head = f'<!DOCTYPE x [<!ENTITY e0 "ha">{entities}]>'.encode()
    part = part_of("xl/sharedStrings.xml").replace(b"<sst", head + b"<sst", 1)
    return with_part("xl/sharedStrings.xml", part.replace(b"SHOP-1", b"&e8;"))


def repeated_text() -> bytes:
    """One long shared text in very many cells."""
    long = with_part(
        "xl/sharedStrings.xml", part_of("xl/sharedStrings.xml").replace(b"SHOP-1", b"x" * 30_000)
    )
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>1</v></c></row>' for n in range(10, 3000))
    return rezipped(long, {ITEMS: part_of(ITEMS).replace(b"</sheetData>", f"{cells}</sheetData>".encode())})


def sheet_elsewhere() -> bytes:
    """A sheet that pretends to be the workbook's list of texts."""
    rels = part_of("xl/_rels/workbook.xml.rels").replace(b"worksheets/sheet3.xml", b"sharedStrings.xml")
    strings = part_of("xl/sharedStrings.xml")
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sst>'
    return rezipped(
        by_hand(),
        {
            "xl/_rels/workbook.xml.rels": rels,
            "xl/sharedStrings.xml": strings.replace(b"</sst>", far),
        },
    )


def in_utf_16() -> bytes:
    text = part_of(ITEMS).decode().replace("UTF-8", "UTF-16")
    return with_part(ITEMS, text.encode("utf-16"))


@pytest.mark.parametrize(
    ("make", "place", "code"),
    [
        (lambda: b"", "", "not_xlsx"),
        (lambda: b"code,name\n1,2\n", "", "not_xlsx"),
        (lambda: by_hand()[:-100], "", "not_xlsx"),
        (lambda: by_hand()[:2000], "", "not_xlsx"),
        (lambda: b"PK\x03\x04" + b"\xff" * 500, "", "not_xlsx"),
        (lambda: b"PK" + b"\0" * 6_000_000, "", "too_large"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "", "not_xlsx"),
        (
            lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "",
            "encrypted",
        ),
        (locked, "", "encrypted"),
        (lambda: bomb(20_000_000), "", "bomb"),
        (lambda: bomb(110_000_000), "", "bomb"),
        (many_parts, "", "too_many_parts"),
        (lying_size, "", "not_xlsx"),
        (two_of_a_name, "", "not_xlsx"),
        (lambda: with_part("xl\\worksheets\\sheet9.xml", b"<x/>"), "", "not_xlsx"),
        (lambda: with_part("../../etc/passwd.xml", b"<x/>"), "", "not_xlsx"),
        (lambda: with_part("xl/vbaProject.bin", b"macro"), "", "macros"),
        (lambda: with_part("xl/workbook.bin", b"xlsb"), "", "not_xlsx"),
        (lambda: with_part("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), "", "not_xlsx"),
        (lambda: with_part("xl/workbook.xml", None), "", "not_xlsx"),
        (lambda: with_part(ITEMS, None), "", "not_xlsx"),
        (lambda: with_part(ITEMS, b"<worksheet><sheetData>"), "", "not_xlsx"),
        (lambda: rezipped(by_hand(), {}, zipfile.ZIP_LZMA), "", "not_xlsx"),
        (laughs, "", "not_xlsx"),
        (in_utf_16, "", "not_xlsx"),
        (repeated_text, "Items!A1675", "too_large"),
        (sheet_elsewhere, "Items!XFD1048576", "too_long"),
        (
            lambda: with_row('<row r="1048576"><c r="A1048576"><v>1</v></c></row>'),
            "Items!A1048576",
            "too_long",
        ),
        (lambda: with_row("<row/>" + f"<row>{'<c/>' * 90}</row>" * 2_800), "Items!BD2782", "too_large"),
        (lambda: with_row('<row r="9"><c r="XFD9"><v>1</v></c></row>'), "Items!XFD9", "too_wide"),
        (lambda: with_row("<x:row><x:c r='XFD9'><x:v>1</x:v></x:c></x:row>"), "Items!XFD9", "too_wide"),
        (lambda: with_row('<row r="9"><c r="1A"><v>1</v></c></row>'), "", "not_xlsx"),
        (lambda: with_row(f"<row>{'<c><v>1</v></c>' * 200}</row>"), "Items!CW4", "too_wide"),
        (lambda: with_row('<row r="9"><c r="C9" t="e"><v>#REF!</v></c></row>'), "Items!C9", "error_value"),
    ],
)
def test_a_file_made_to_hurt_is_refused(make: Callable[[], bytes], place: str, code: str) -> None:
    body = make()
    tracemalloc.start()
    try:
        with pytest.raises(BadWorkbook) as bad:
            from_xlsx(body)
        assert tracemalloc.get_traced_memory()[1] < ENOUGH_MEMORY
    finally:
        tracemalloc.stop()
    (fault,) = bad.value.faults
    assert (fault.place, fault.code) == (place, code)


def test_cells_that_are_only_formatted_do_not_count() -> None:
    body = with_row('<row r="1048576" s="1"><c r="XFD1048576" s="1"/></row>')
    assert from_xlsx(body).content == from_xlsx(by_hand()).content


def test_macros_and_pictures_never_reach_the_reader() -> None:
    body = with_part("xl/media/image1.png", b"<worksheet>")
    assert from_xlsx(body).code == "SHOP-1"


def test_formulas_count_by_what_they_came_to() -> None:
    row = '<row r="9"><c r="A9" t="str"><f>A2</f><v>s1</v></c><c r="B9" t="inlineStr"><is><t>new</t></is></c></row>'
    with pytest.raises(BadWorkbook) as bad:
        from_xlsx(with_row(row))
    assert {fault.place for fault in bad.value.faults} == {"Items!C9", "Items!D9", "Items!E9"}
