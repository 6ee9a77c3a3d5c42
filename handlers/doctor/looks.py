"""What the doctor says about one thing that was looked at."""

from typing import Literal

import msgspec

Light = Literal["good", "warning", "broken", "unseen"]
"""`broken` keeps the shop from working, `warning` will sooner or later, `unseen` could not be looked at from here."""


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was looked at.

    Attributes:
        group: What it belongs to, such as "Database".
        what: What was looked at.
        light: How it is.
        found: What was found, for people; never a secret, a name or an address of somebody.
        what_to_do: The one thing to do; empty where all is well.
        mend: The name of what `--fix` does about it, one of `mending.MENDS`; empty where a person must.
    """

    group: str
    what: str
    light: Light
    found: str
    what_to_do: str = ""
    mend: str = ""


def good(group: str, what: str, found: str) -> Look:
    """It is as it should be.

    Args:
        group: What it belongs to.
        what: What was looked at.
        found: What was found.
    """
    return Look(group=group, what=what, light="good", found=found)


def unseen(group: str, what: str, why: str, what_to_do: str = "") -> Look:
    """It could not be looked at.

    Args:
        group: What it belongs to.
        what: What would be looked at.
        why: Why not.
        what_to_do: What makes it possible; may be empty.
    """
    return Look(group=group, what=what, light="unseen", found=why, what_to_do=what_to_do)


def judged(
    group: str,
    what: str,
    is_good: bool,
    found: str,
    what_to_do: str,
    *,
    otherwise: Light = "broken",
    mend: str = "",
) -> Look:
    """What was found, good or not.

    Args:
        group: What it belongs to.
        what: What was looked at.
        is_good: Whether it is as it should be.
        found: What was found.
        what_to_do: The one thing to do where it is not.
        otherwise: How bad that is.
        mend: What `--fix` does about it.
    """
    if is_good:
        return good(group, what, found)
    return Look(group=group, what=what, light=otherwise, found=found, what_to_do=what_to_do, mend=mend)
