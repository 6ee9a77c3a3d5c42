"""Pictures by name, drawn when first asked for and kept in a folder."""

import os
import tempfile
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path

import msgspec

from bot.pictures import scene, shopfront
from bot.pictures.scene import Drawing

STYLE = 1  # count up when the same words are drawn differently, so that kept pictures are drawn again


class Shelf:
    """Every picture that can be asked for."""

    def __init__(self, folder: Path, drawings: Mapping[str, Drawing]) -> None:
        """Make a shelf; nothing is drawn yet.

        Args:
            folder: Where drawn pictures are kept. Made when needed; may be emptied at any time.
            drawings: What to draw, by name: letters, digits and hyphens.
        """
        self._folder = folder
        self._drawings = drawings

    def picture(self, name: str) -> bytes | None:
        """A picture as a JPEG file, or None where there is none by this name.

        Drawing takes up to a tenth of a second of a core: call it in a thread.

        Args:
            name: "shop" (the logo), "welcome" (the banner), or a name that the shelf was given, with "-square" behind
                it for the square one. Without ".jpg". It may come from anybody.
        """
        key, square = name.removesuffix("-square"), name.endswith("-square")
        drawing = self._drawings.get(key)
        if drawing is None and name not in ("shop", "welcome"):
            return None
        words = msgspec.json.encode((STYLE, name, drawing))
        kept = self._folder / f"{name}-{blake2b(words, digest_size=6).hexdigest()}.jpg"
        try:
            return kept.read_bytes()
        except OSError:
            pass  # not drawn yet, or thrown away
        if drawing is not None:
            made = scene.draw(drawing, seed=key, size=scene.SQUARE if square else scene.WIDE)
        else:
            made = shopfront.logo() if name == "shop" else shopfront.banner()
        _keep(kept, made)
        return made


def _keep(path: Path, picture: bytes) -> None:
    """Put a picture in its place at once, so that nobody reads half of it. A full disk costs the next one some time."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(picture)
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
    except OSError:
        return
