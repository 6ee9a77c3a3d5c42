"""What is sent as a picture is made into one that can be kept, or refused."""

import hashlib
import zipfile
from io import BytesIO

import pytest
from PIL import Image, ImageFile

from repository.files import pictures
from repository.files.pictures import NotKept, prepare
from tests.support.pictures import enormous, moving, photo, receipt


def _opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


def test_a_picture_is_kept_without_what_else_was_in_it() -> None:
    sent = photo()
    assert b"A camera that tells" in sent
    assert b"A comment that tells" in sent
    kept = prepare(sent)
    assert kept.media_type == "image/jpeg"
    assert (kept.width, kept.height) == _opened(kept.content).size == (1200, 900)
    assert b"tells" not in kept.content
    assert not _opened(kept.content).getexif()
    assert kept.digest == hashlib.sha256(sent).digest()


def test_a_picture_that_lies_on_its_side_is_set_upright() -> None:
    kept = prepare(photo(size=(300, 200), orientation=6))
    assert (kept.width, kept.height) == (200, 300)


def test_a_large_picture_becomes_as_large_as_it_need_be() -> None:
    kept = prepare(photo(size=(4000, 3000), quality=40))
    assert (kept.width, kept.height) == (2400, 1800)


def test_a_webp_is_written_anew_as_a_jpeg() -> None:
    kept = prepare(receipt(kind="WEBP"))
    assert _opened(kept.content).format == "JPEG"
    assert (kept.width, kept.height) == (400, 700)


def test_what_one_could_see_through_is_white() -> None:
    image = Image.new("RGBA", (50, 50), (0, 0, 0, 0))
    written = BytesIO()
    image.save(written, "PNG")
    assert _opened(prepare(written.getvalue()).content).getpixel((25, 25)) == (255, 255, 255)


def test_a_hundred_megapixels_are_refused_without_being_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    decoded: list[object] = []
    load = ImageFile.ImageFile.load

    def counted(image: ImageFile.ImageFile) -> object:
        decoded.append(image)
        return load(image)

    monkeypatch.setattr(ImageFile.ImageFile, "load", counted)
    with pytest.raises(NotKept) as refused:
        prepare(enormous())
    assert refused.value.trouble == "too_many_pixels"
    assert not decoded
    prepare(receipt())
    assert decoded, "the count counts nothing"


def _archive() -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("proof.jpg", receipt())
    return written.getvalue()


@pytest.mark.parametrize(
    ("sent", "trouble"),
    [
        (b"", "not_a_picture"),
        (b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>", "not_a_picture"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "not_a_picture"),
        (_archive(), "not_a_picture"),
        (b"\xff\xd8\xff" + _archive(), "not_a_picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "not_a_picture"),
        (b"GIF89a\x01\0\x01\0\0\0\0;", "not_a_picture"),
        (receipt()[:300], "not_a_picture"),
        (photo()[: len(photo()) // 2], "not_a_picture"),
        (moving(), "animated"),
        (moving("WEBP"), "animated"),
        (b"\0" * (pictures.SIZE_MOST + 1), "too_large"),
    ],
    ids=[
        "nothing",
        "pdf",
        "video",
        "archive",
        "renamed",
        "svg",
        "gif",
        "cut png",
        "cut jpeg",
        "moving",
        "moving webp",
        "too large",
    ],
)
def test_what_is_no_picture_is_refused(sent: bytes, trouble: str) -> None:
    with pytest.raises(NotKept) as refused:
        prepare(sent)
    assert refused.value.trouble == trouble
