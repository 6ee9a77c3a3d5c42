"""Every motif by its name: those that stand on a floor, and those that lie or hang before a plain ground."""

from bot.pictures.look import Motif
from bot.pictures.motifs import baby, bags, bedroom, care, feet, food, kitchen, sala, tech, toys, vessels, wear

STANDING: dict[str, Motif] = {
    **vessels.STANDING,
    **kitchen.STANDING,
    **bedroom.STANDING,
    **sala.STANDING,
    **feet.STANDING,
    **bags.STANDING,
    **tech.STANDING,
    **care.STANDING,
    **baby.STANDING,
    **toys.STANDING,
    **food.STANDING,
}
LYING: dict[str, Motif] = {
    **kitchen.LYING,
    **bedroom.LYING,
    **sala.LYING,
    **wear.LYING,
    **feet.LYING,
    **bags.LYING,
    **tech.LYING,
    **care.LYING,
    **baby.LYING,
    **toys.LYING,
}
