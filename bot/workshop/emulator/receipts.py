"""Which webhooks follow what the bot sends."""

import msgspec


class Receipts(msgspec.Struct, kw_only=True):
    """Which webhooks follow a message that the bot sent."""

    echoes: bool = True
    deliveries: bool = True
    reads: bool = True
