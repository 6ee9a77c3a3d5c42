"""What connecting a page changes: secrets are sealed before they are written, and used at once."""

from collections.abc import Collection, Mapping

import msgspec

from handlers.console.base.visit import RECONNECT, Visit
from repository.database.connection import Connection
from repository.settings import connections, steps
from repository.settings.connections import PAGE, Connections
from repository.settings.secrets import Sealer
from repository.settings.steps import Outcome


async def save(visit: Visit, values: Mapping[str, str], *, anew: Collection[str] = ()) -> None:
    """Save what was found to be right; every process uses it within two seconds, this one at once.

    Args:
        visit: Whose.
        values: By the names of `Connections`, secrets in clear.
        anew: Steps that have to be done again, since what they stood on is another now.
    """
    sealer = Sealer(visit.shop.settings.secret_key)
    written = {name: sealer.seal(text) if PAGE.settings[name][1].is_secret else text for name, text in values.items()}

    async def work(conn: Connection) -> None:
        opened = await PAGE.opened(conn, defaults=Connections(), given={})
        body = msgspec.structs.replace(opened.body, **written)
        await PAGE.save(conn, body, defaults=Connections(), version=opened.version, by=visit.by)
        await steps.forget(conn, anew)

    await visit.write(work)
    await visit.request.config_dict[RECONNECT]()


async def person_token(visit: Visit) -> str:
    """The token of who is choosing a page; empty where nobody is.

    Args:
        visit: Any.
    """
    async with visit.shop.database.connection() as conn:
        known = await connections.load(conn, sealer=Sealer(visit.shop.settings.secret_key), given={})
    return known.person_token


async def keep(visit: Visit, name: str, outcome: Outcome) -> None:
    """Keep how a step ended.

    Args:
        visit: Any.
        name: The step.
        outcome: How.
    """
    await visit.write(lambda conn: steps.keep(conn, name, outcome))
