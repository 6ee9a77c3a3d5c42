"""Pictures: every motif can be drawn, small and the same every time, and the shelf serves nothing else."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from bot.pictures import scene, shopfront
from bot.pictures.motifs import LYING, STANDING
from bot.pictures.palette import NAMES, colour
from bot.pictures.patterns import PATTERNS
from bot.pictures.pen import Dice
from bot.pictures.scene import MOODS, SQUARE, WIDE, Drawing, draw
from bot.pictures.shelf import Shelf

MUG = Drawing(motif="mug", colours=("terracotta", "cream"), pattern="band")


def opened(file: bytes) -> Image.Image:
    image = Image.open(BytesIO(file))
    image.load()
    return image


def test_a_motif_either_stands_or_lies() -> None:
    assert not STANDING.keys() & LYING.keys()
    assert len(STANDING | LYING) >= 30


@pytest.mark.parametrize("motif", sorted(STANDING | LYING))
def test_a_motif_paints_something_and_stays_small(motif: str) -> None:
    plain = Drawing(motif=motif, colours=("coral", "mint"))
    file = draw(plain, seed="a")
    image = opened(file)
    assert (image.format, image.size) == ("JPEG", WIDE)
    assert len(file) < 60_000
    bare = opened(scene.finish(scene.ground(plain, Dice("a"), WIDE, stands=motif in STANDING)))
    difference = ImageChops.difference(bare, image).convert("L").resize((80, 42))
    changed = sum(1 for value in difference.tobytes() if value > 16)
    assert changed > 0.04 * 80 * 42, "the thing is hard to see before its ground"


@pytest.mark.parametrize("pattern", sorted(PATTERNS))
def test_a_pattern_shows_on_a_mug(pattern: str) -> None:
    plain = draw(Drawing(motif="mug", colours=("coral", "navy")), seed="a")
    printed = draw(Drawing(motif="mug", colours=("coral", "navy"), pattern=pattern), seed="a")
    assert (plain == printed) == (pattern == "plain")


@pytest.mark.parametrize("mood", sorted(MOODS))
def test_a_mood_differs_by_seed_only_in_small_things(mood: str) -> None:
    one, other = (draw(Drawing(motif="mug", mood=mood), seed=seed) for seed in ("one", "other"))
    assert one != other
    assert one == draw(Drawing(motif="mug", mood=mood), seed="one")


def test_the_square_picture_is_square() -> None:
    assert opened(draw(MUG, seed="a", size=SQUARE)).size == SQUARE


@pytest.mark.parametrize(
    "wrong",
    [Drawing(motif="sofa"), Drawing(motif="mug", colours=("teal", "greenish"))],
    ids=["motif", "colour"],
)
def test_an_unknown_word_is_named(wrong: Drawing) -> None:
    with pytest.raises(ValueError, match=r"sofa|greenish"):
        draw(wrong, seed="a")


def test_colours_have_names_and_digits() -> None:
    assert colour("teal") == colour("2BA39B") == colour("#2BA39B") == (43, 163, 155)
    assert len({colour(name) for name in NAMES}) == len(NAMES)


def test_the_logo_and_the_banner_are_pictures_too() -> None:
    assert opened(shopfront.logo()).size == SQUARE
    assert opened(shopfront.banner()).size == WIDE
    assert len(shopfront.banner()) < 60_000


def test_the_shelf_keeps_what_it_drew(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "pictures", {"mug": MUG})
    first = shelf.picture("mug")
    assert first == draw(MUG, seed="mug")
    (kept,) = (tmp_path / "pictures").iterdir()
    assert kept.read_bytes() == first
    kept.write_bytes(b"from the folder")
    assert shelf.picture("mug") == b"from the folder"


def test_other_words_are_drawn_anew(tmp_path: Path) -> None:
    before = Shelf(tmp_path, {"mug": MUG}).picture("mug")
    after = Shelf(tmp_path, {"mug": Drawing(motif="mug", colours=("navy", "cream"))}).picture("mug")
    assert before != after


def test_the_shelf_has_the_square_ones_and_the_shops_own(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, {"mug": MUG})
    for name, size in (("mug-square", SQUARE), ("shop", SQUARE), ("welcome", WIDE)):
        file = shelf.picture(name)
        assert file is not None
        assert opened(file).size == size


@pytest.mark.parametrize(
    "name", ["", "nothing", "../mug", "/etc/passwd", "mug.jpg", "mug-square-square", "shop-square", "a" * 5000, "\0"]
)
def test_nothing_else_is_on_the_shelf(tmp_path: Path, name: str) -> None:
    assert Shelf(tmp_path, {"mug": MUG}).picture(name) is None
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert Shelf(tmp_path / "file", {"mug": MUG}).picture("mug") == draw(MUG, seed="mug")
