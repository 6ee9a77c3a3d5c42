"""Picture files that are named after products: from a folder or a zip, each to its product."""

import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from io import BytesIO
from pathlib import Path

import msgspec

from repository.catalogue.pictures import PICTURES_MOST
from repository.files.pictures import SIZE_MOST
from repository.importing.wanted import folded
from repository.sheets.table import Unreadable

FILES_MOST = 50_000
_ENDINGS = (".jpg", ".jpeg", ".png", ".webp")
_NUMBERED = re.compile(r"^(.*?)(?:[-_ ]+(\d{1,2})|\s*\((\d{1,2})\))$")
_APART = re.compile(r"[\s_./\\-]+")


class PictureFile(msgspec.Struct, frozen=True):
    """A picture file.

    Attributes:
        name: As it is called, without its folders.
        read: Gives its bytes, one more than `SIZE_MOST` at most.
    """

    name: str
    read: Callable[[], bytes]

    @property
    def stem(self) -> str:
        """Its name without the ending."""
        return self.name.rpartition(".")[0]


class Goods(msgspec.Struct, frozen=True):
    """A product that pictures can be named after.

    Attributes:
        id: `products.id`.
        sku: Its SKU.
        name: Its name.
        has_pictures: Whether it has some already, and keeps them.
    """

    id: int
    sku: str
    name: str
    has_pictures: bool


class Sorted(msgspec.Struct, frozen=True):
    """What becomes of picture files.

    Attributes:
        of: The files of each product that has no pictures yet, in order.
        kept: Products that have pictures already, and keep them.
        nobodys: Names of files that are called like no product.
    """

    of: Sequence[tuple[Goods, Sequence[PictureFile]]]
    kept: int
    nobodys: Sequence[str]


def of_folder(folder: Path) -> list[PictureFile]:
    """The picture files in a folder and those below it.

    Args:
        folder: Which.

    Raises:
        Unreadable: There are too many.
    """
    paths = (path for path in sorted(folder.rglob("*")) if path.suffix.casefold() in _ENDINGS and path.is_file())
    return _not_too_many(PictureFile(path.name, partial(_of_disk, path)) for path in paths)


def of_zip(archive: zipfile.ZipFile) -> list[PictureFile]:
    """The picture files in a zip, whatever folders it says they are in. Nothing is unpacked before it is asked for.

    Args:
        archive: An open zip.

    Raises:
        Unreadable: There are too many.
    """
    infos = sorted(
        (one for one in archive.infolist() if not one.is_dir() and one.filename.casefold().endswith(_ENDINGS)),
        key=lambda one: one.filename,
    )
    return _not_too_many(
        PictureFile(_called(one.filename), partial(_of_zip, archive, one))
        for one in infos
        if not _called(one.filename).startswith("._")  # what a Mac puts beside each file
    )


def opened(content: bytes) -> zipfile.ZipFile:
    """A zip that was sent.

    Args:
        content: The file.

    Raises:
        Unreadable: It is none, or a broken one.
    """
    try:
        return zipfile.ZipFile(BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError):
        raise Unreadable("That is no zip that can be opened.") from None


def sort(files: Sequence[PictureFile], goods: Sequence[Goods]) -> Sorted:
    """Give each file to the product that it is called after: by SKU or name, with a number behind it for its place.

    Args:
        files: Which.
        goods: Every product.
    """
    known = {_plain(one.name): one for one in goods} | {_plain(one.sku): one for one in goods if one.sku}
    found: dict[int, list[tuple[int, str, PictureFile]]] = {}
    nobodys = []
    for file in files:
        product, place = known.get(_plain(file.stem)), 0
        if product is None and (numbered := _NUMBERED.match(file.stem)):
            product = known.get(_plain(numbered[1]))
            place = int(numbered[2] or numbered[3])
        if product is None:
            nobodys.append(file.name)
        else:
            found.setdefault(product.id, []).append((place, file.name, file))
    theirs = {one.id: one for one in goods}
    of = [
        (theirs[product_id], [file for _, _, file in sorted(some, key=lambda one: one[:2])][:PICTURES_MOST])
        for product_id, some in found.items()
        if not theirs[product_id].has_pictures
    ]
    return Sorted(of, len(found) - len(of), nobodys)


def _plain(text: str) -> str:
    return _APART.sub(" ", folded(text)).strip()


def _called(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[2]


def _of_disk(path: Path) -> bytes:
    """So much of a file that one which is too large is known for that."""
    with path.open("rb") as file:
        return file.read(SIZE_MOST + 1)


def _of_zip(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """The same of a file in a zip, whatever size the zip says that it has."""
    with archive.open(info) as file:
        return file.read(SIZE_MOST + 1)


def _not_too_many(files: Iterator[PictureFile]) -> list[PictureFile]:
    listed: list[PictureFile] = []
    for file in files:
        if len(listed) == FILES_MOST:
            raise Unreadable(f"These are more than {FILES_MOST:,} pictures: bring them in parts.")
        listed.append(file)
    return listed
