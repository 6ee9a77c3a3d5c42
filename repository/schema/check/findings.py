"""One line of what a check found."""

import msgspec

UNSEEN = "unseen"
"""`Finding.kind` of what the account that looks may not see: nobody knows whether it is right."""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What was looked at, whether it is right, and what to do if not.

    Attributes:
        kind: What sort of thing: `table`, `trigger`, `procedure`, `view` and `event` are the contract's, `own table`
            and so on this program's; `database`, `account`, `server` and `data` are about what is around them.
        name: Which one.
        ok: Whether it is as it should be.
        message: What was found, for people.
        what_to_do: The one thing to do; empty where all is well.
    """

    kind: str
    name: str
    ok: bool
    message: str
    what_to_do: str = ""
