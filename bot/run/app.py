"""The web server: the webhook, the console, health and pictures."""

from collections.abc import Sequence

from aiohttp import web

from bot.run.parts import Parts
from handlers.console.app import setup_console
from handlers.inbound import selftest, webhook
from handlers.inbound.addresses import PROXIES
from handlers.inbound.strangers import Strangers
from handlers.web import goods, health
from handlers.web.pictures import picture_routes
from handlers.web.privacy import set_up_privacy
from handlers.web.qr_codes import qr_routes


def application(parts: Parts, *, pictures: bool = False, more: Sequence[web.AbstractRouteDef] = ()) -> web.Application:
    """The application that serves a shop.

    Args:
        parts: The running parts of the shop.
        pictures: Whether to serve the demo shop's pictures.
        more: Further routes, such as the simulator's in the demo.
    """
    app = web.Application(client_max_size=webhook.BODY_MOST)
    app[webhook.SHOP] = parts.shop
    app[webhook.STRANGERS] = Strangers()
    app[webhook.RECEIVING] = parts.receiving
    app[health.DATABASE] = parts.database
    app[PROXIES] = parts.settings.proxies
    app.router.add_get("/webhook", webhook.verify)
    app.router.add_post("/webhook", webhook.receive)
    app.router.add_get(selftest.PATH, selftest.answer)
    app.router.add_get("/healthz", health.healthz)
    app.router.add_get("/readyz", health.readyz)
    app[health.WATCHERS] = parts.settings.watchers
    app.router.add_get("/metrics", health.for_watchers)
    app.router.add_get(goods.ROUTE, goods.show)
    app.router.add_routes(qr_routes())
    if pictures:
        app.router.add_routes(picture_routes())
    app.router.add_routes(more)
    set_up_privacy(app, parts.shop)
    setup_console(app, parts.shop, ways=parts.ways, reconnect=parts.reconnect, outbox=parts.outbox)
    return app
