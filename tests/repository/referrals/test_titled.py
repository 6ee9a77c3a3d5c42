"""Titles of ads and posts: which product they name."""

from repository.database.connection import Database
from repository.referrals import titled
from tests.support.keeper import Keeper

SHOP = (
    "Takure Whistling Kettle 2.5 L",
    "Barako Stoneware Mug (Tasa) 350 ml",
    "Blue mug",
    "Blue mug with lid",
    "Tray",
    "Nonstick Kawali with Glass Lid",
)


async def test_what_a_title_names(keeper: Keeper, database: Database) -> None:
    for name in SHOP:
        await keeper.stocks(name)
    expected = {
        "PAYDAY SALE! Takure Whistling Kettle 2.5 L, only 599 pesos 🎉 free shipping until Sunday": SHOP[:1],
        "Takure kettle, back in stock": SHOP[:1],
        "BLUE MUGS are here": ("Blue mug",),
        "Blue mug with lid, for your morning kape": ("Blue mug with lid",),
        "blue mug": ("Blue mug",),
        "Our trays are woven by hand": ("Tray",),
        "Takure kettle and nonstick kawali, buy both": (SHOP[0], SHOP[5]),
        "Tray and blue mug": ("Blue mug", "Tray"),
        "A mug for everybody": (),
        "2.5 L of happiness": (),
        "Happy fiesta!": (),
        "🎉🎉": (),
        "": (),
        "' OR 1=1 --": (),
        "x" * 2000: (),
    }
    async with database.connection() as conn:
        for title, names in expected.items():
            found = await titled.named_in(conn, title=title)
            assert tuple(card.name for card in found) == names, title
        await keeper.run("UPDATE products SET status = 'inactive' WHERE name = 'Tray'")
        assert await titled.named_in(conn, title="Our trays are woven by hand") == ()
