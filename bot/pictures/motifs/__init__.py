"""Every motif by its name: those that stand on a floor, and those that lie or hang before a plain ground."""

from bot.pictures.look import Motif
from bot.pictures.motifs import bags, care, food, home, kids, kitchen, tech, vessels, wear

STANDING: dict[str, Motif] = {
    **vessels.STANDING, **kitchen.STANDING, **home.STANDING, **wear.STANDING, **bags.STANDING, **tech.STANDING,
    **care.STANDING, **kids.STANDING, **food.STANDING,
}  # fmt: skip
LYING: dict[str, Motif] = {
    **kitchen.LYING, **home.LYING, **wear.LYING, **bags.LYING, **tech.LYING, **care.LYING, **kids.LYING,
}  # fmt: skip
