"""The people of the demo: two whose phones are lent to whoever tries the shop, and those whose orders it has."""

import asyncio

from bot.workshop.emulator.simulator.routes import first_people
from bot.workshop.stage import Stage
from repository import rules
from repository.files import pictures
from repository.schema.base.scripts import FOLDER
from repository.workshop import demo_orders
from repository.workshop.demo import lines

FILES = FOLDER / "demo" / "files"
PROOF = FILES / "receipt.png"
DAMAGE = FOLDER / "demo" / "pictures" / "nonstick-kawali.jpg"


async def furnish(stage: Stage) -> None:
    """Let the shoppers of the demo say something, and make their orders. Twice is as good as once.

    Args:
        stage: The running shop, with its files' key.
    """
    database = stage.parts.database
    async with database.connection() as conn:
        if await demo_orders.is_loaded(conn):
            return
    first_people(stage.emulator.facebook)
    shoppers = {line["name"]: stage.shopper(line["name"], locale=line["locale"]) for line in lines("shoppers")}
    await asyncio.gather(
        *(shoppers[line["name"]].says(line["says"], answered=False) for line in lines("shoppers")),
    )
    await stage.parts.idle()
    shown = await asyncio.to_thread(_shown)
    settings = stage.parts.settings
    async with database.transaction() as conn:
        in_force = await rules.load(conn, shop_name=settings.shop_name, currency=settings.shop_currency)
        await demo_orders.load(
            conn,
            psids={name: shopper.person.psid for name, shopper in shoppers.items()},
            shown=shown,
            rules=in_force,
        )


def _shown() -> demo_orders.Shown:
    return demo_orders.Shown(*(pictures.prepare(path.read_bytes()) for path in (PROOF, DAMAGE)))
