"""What a transcript holds; docs/transcripts.md has its grammar."""

from collections.abc import Mapping

import msgspec

VERSION = 3
"""The newest form that can be read. Each only adds to the one before; the third ends with a line that says so."""
END = "(end)"
"""The last line of a transcript since the third version, so that one that was cut off is known."""
SILENCE = "(nothing)"
HIDDEN = "(hidden)"
"""A shopper whose name Facebook does not tell."""
BLANK = "\\"
"""An empty line in the middle of what a shopper typed."""

FAULTS: Mapping[str, str] = {
    **{
        name: name
        for name in (
            *("slow", "http_500", "hang", "accepted_then_timeout", "rate_limited", "app_rate_limited", "token_dead"),
            *("window_closed", "unavailable", "temporary", "not_in_control", "picture_dead"),
            *("twice", "late", "out_of_order", "one_batch", "echo_lost", "wrong_signature"),
        )
    },
    "swapped": "out_of_order",
    "graph 500": "http_500",
    "graph 613": "rate_limited",
    "graph 4": "app_rate_limited",
    "graph 190": "token_dead",
    "timeout after accepting": "accepted_then_timeout",
}
"""What can go wrong, by the names that may stand after `!`, each with the emulator's name for it."""

BREAKS = ("database gone", "worker killed")
"""What can break in the shop itself: its database is away for half a second, its process dies within a turn."""

FACTS: Mapping[str, str] = {
    "state": "where the shopper's conversation stands, such as cart",
    "language": "in which the shopper is answered: en or fil",
    "cart": "how many pieces lie in the shopper's cart",
    "said": "which replies the shopper heard, by their names",
    "left to": "who answers the shopper: bot or person",
    "orders": "how many orders the shop has",
    "order": "how an order stands: its status, total and payment (of: its number)",
    "stock": "how many pieces can be sold (of: a product's SKU, slug or name)",
    "queue": "what waits in a queue, by kind (of: orders, notices or outbox)",
}
"""What a line with `=` can ask the database, and what that means."""
OF_SOMETHING = frozenset({"order", "stock", "queue"})
"""Those that are asked of something that is named."""
SHOPS = ("demo", "empty")
"""The shops in which a conversation can be played: the demo shop, and one with nothing to sell."""


class TranscriptError(Exception):
    """The text is no transcript.

    Attributes:
        line: On which line, from 1.
    """

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line = line
        self.reason = reason


class Fact(msgspec.Struct):
    """What the database is expected to hold after an exchange.

    Attributes:
        line: On which line of the file it stands, from 1.
        name: One of `FACTS`.
        of: What it is asked of, such as a product; empty where it is the shopper or the shop.
        value: What is expected; empty where that is not known yet.
    """

    line: int
    name: str
    of: str
    value: str

    def written(self, value: str) -> str:
        """The line that expects this value.

        Args:
            value: What is expected from now on.
        """
        return f"= {self.name}{f' {self.of}' if self.of else ''}: {value}"


class Exchange(msgspec.Struct):
    """What a shopper did, or how much time passed, and what the bot said then.

    Attributes:
        line: On which line of the file it begins, from 1.
        did: What the shopper did, without the `> `; several lines where the text has several; empty where time passes.
        answers: The bot's messages, each as its lines.
        remarks: Remarks that stand before it.
        who: Who did it; empty for the shopper of the header.
        faults: What goes wrong from here on: a fault's name, as it is written, and how many times.
        passes: How time passes, without the `@ `; empty where somebody does something.
        facts: What the database is expected to hold afterwards.
        end: The last line of what was done: the answers begin on the next.
        answered: The lines on which its answers stand.
    """

    line: int
    did: str
    answers: list[list[str]]
    remarks: list[str]
    who: str = ""
    faults: list[tuple[str, int]] = []
    passes: str = ""
    facts: list[Fact] = []
    end: int = 0
    answered: list[int] = []


class Transcript(msgspec.Struct):
    """A recorded conversation.

    Attributes:
        title: What it is called.
        shopper: Whose name stands in the header.
        locale: The shopper's, as Facebook spells it.
        exchanges: In the order in which they happened.
        shop: In which shop it is played: one of `SHOPS`.
        rules: The shop's rules that differ there, by their names in `Rules`, as they are written.
        clock: What time it is in the shop when it begins; empty for the present.
        chance: What decides everything that is drawn by lot; None where that is left to chance.
    """

    title: str
    shopper: str
    locale: str
    exchanges: list[Exchange]
    shop: str = "demo"
    rules: dict[str, str] = {}
    clock: str = ""
    chance: int | None = None
