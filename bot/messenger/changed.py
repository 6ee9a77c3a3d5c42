"""What shoppers do with messages that are there already: take them back, change them, react to them."""

from bot.messenger.event import Event, keyed


def message_identity(mid: str) -> tuple[str, ...] | None:
    """What a shopper's message is known by, whatever shape it comes in; None without a `mid`.

    Args:
        mid: The message's.
    """
    return ("message", mid) if mid else None


def message_key(mid: str) -> bytes:
    """The key under which a shopper's message is kept.

    Args:
        mid: The message's.
    """
    return keyed(message_identity(mid) or (), standby=False)


class Unsend(Event, frozen=True, kw_only=True):
    """The shopper took a message back: our copy of it goes too."""

    is_a_turn = True

    mid: str

    @property
    def message_key(self) -> bytes:
        """The key of the message that is taken back."""
        return keyed(message_identity(self.mid) or (), standby=self.standby)

    def identity(self) -> tuple[str, ...] | None:
        return ("unsend", self.mid) if self.mid else None


class MessageEdit(Event, frozen=True, kw_only=True):
    """The shopper changed a message, the `num_edit`-th time. What it asked for was done already."""

    is_a_turn = True

    mid: str
    text: str
    num_edit: int = 0

    @property
    def message_key(self) -> bytes:
        """The key of the message that is changed."""
        return keyed(message_identity(self.mid) or (), standby=self.standby)

    def identity(self) -> tuple[str, ...] | None:
        return ("edit", self.mid, str(self.num_edit)) if self.mid else None


class Reaction(Event, frozen=True, kw_only=True):
    """The shopper put an emoji on a message (`react`) or took it off (`unreact`)."""

    mid: str
    action: str = "react"
    reaction: str = ""
    emoji: str = ""

    def identity(self) -> tuple[str, ...] | None:
        if not self.mid or self.undated:
            return None
        return ("reaction", self.mid, self.action, self.sent_at.isoformat())

    @property
    def is_turn(self) -> bool:
        return self.opens_window and not self.standby

    @property
    def opens_window(self) -> bool:
        return self.action == "react" and self.psid != ""
