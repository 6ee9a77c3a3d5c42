"""Files that are damaged, or made to do damage: each is read or refused with a reason, and the server goes on."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from repository.sheets.reading import read_sheet
from repository.sheets.table import Unreadable

TODAY = date(2026, 11, 29)
NASTY = (
    *(
        "1e999",
        "nan",
        "-inf",
        "9" * 400,
        "=1/0",
        "\x00",
        "\ufeff",
        "😀" * 50,
        '"',
        "'",
        "\r",
        "\n",
        ",",
        ";",
        "\t",
        "|",
    ),
    *(
        "1.234.567,89",
        "(5)",
        "-0",
        "½",
        "１２",
        "<b>",
        "&#0;",
        "&amp;",
        "2026-02-30",
        "1E+400",
        "x" * 3000,
        "₱",
        "\ud800",
    ),
)
CSV = 'Name,SKU,Price,Stock,Variant,Size\nBlue mug,M1,"1,200.50",5,Blue,S\nRed mug,M2,₱300,7,Red,L\n'
FEED = (
    '<?xml version="1.0"?><rss xmlns:g="http://base.google.com/ns/1.0"><channel><item><g:id>1</g:id>'
    "<g:title>Mug</g:title><g:price>120 PHP</g:price></item></channel></rss>"
)
edits = st.lists(
    st.tuples(st.integers(0, 400), st.sampled_from(NASTY) | st.text(max_size=3), st.integers(0, 30)), max_size=8
)


def is_read(content: bytes) -> bool:
    """Whether a file is read; refused with words where not, and anything else is a failure."""
    try:
        read_sheet(content, today=TODAY)
    except Unreadable as refusal:
        return len(str(refusal)) < 20  # too short to help anybody
    return True


def changed(text: str, some: list[tuple[int, str, int]]) -> str:
    for at, put, cut in some:
        text = text[:at] + put + text[at + cut :]
    return text


@given(
    st.sampled_from([CSV, CSV.replace(",", ";"), FEED]),
    edits,
    st.sampled_from(["utf-8", "utf-16", "cp1252", "utf-8-sig"]),
)
@settings(max_examples=150, deadline=None)
def test_texts_and_feeds_are_read_or_refused(base: str, some: list[tuple[int, str, int]], encoding: str) -> None:
    is_read(changed(base, some).encode(encoding, errors="replace"))


@given(st.binary(max_size=200) | st.binary(max_size=60).map(lambda more: b"PK\x03\x04" + more))
@settings(max_examples=20, deadline=None)
def test_bytes_of_no_kind_are_read_or_refused(content: bytes) -> None:
    is_read(content)


def workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Name", "SKU", "Price"], ["Blue mug", "M1", 120], ["Red mug", "M2", 300]):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rewritten(part: str, before: bytes, after: bytes) -> bytes:
    """The workbook with something in one of its parts replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == part:
                assert before in content
                content = content.replace(before, after)
            new.writestr(name, content)
    return out.getvalue()


MANIFEST = "<manifest:manifest xmlns:manifest='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'/>"
SHEET = "xl/worksheets/sheet1.xml"


def hostile() -> Iterator[tuple[str, bytes]]:
    """What each does, and the file."""
    yield "a cell far out", rewritten(SHEET, b'r="C3"', b'r="XFD1048576"')
    yield "a cell beyond every sheet", rewritten(SHEET, b'r="C3"', b'r="ZZZZZZ99999999999"')
    yield "a sheet as large as it says", rewritten(SHEET, b'ref="A1:C3"', b'ref="A1:XFD1048576"')
    yield "an endless number", rewritten(SHEET, b"<v>120</v>", b"<v>1e999999999</v>")
    yield "an odd number", rewritten(SHEET, b"<v>120</v>", b"<v>NaN</v>")
    yield "a part that says another length", workbook()[:-40]
    yield (
        "a version that there is not",
        workbook()
        .replace(b"PK\x03\x04\x14", b"PK\x03\x04\xff")
        .replace(b"PK\x01\x02\x14\x03\x14", b"PK\x01\x02\x14\x03\xff"),
    )
    cells = (
        b'<table:table-cell office:value-type="string" table:number-columns-repeated="16384">'
        b"<text:p>Name</text:p></table:table-cell>"
    )
    body = (
        b'<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        b' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        b' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table'
        b' table:name="A"><table:table-row table:number-rows-repeated="1048576">' + cells + b"</table:table-row>"
        b"</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", body)
        packed.writestr("META-INF/manifest.xml", MANIFEST)
    yield "rows and columns repeated without end", out.getvalue()


HOSTILE = dict(hostile())


@pytest.mark.parametrize("what", HOSTILE)
def test_a_workbook_that_would_end_its_reader_is_read_or_refused_and_the_server_goes_on(what: str) -> None:
    is_read(HOSTILE[what])
    assert is_read(workbook())
