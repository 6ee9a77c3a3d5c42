"""What a shopper does in a transcript, as it is written there: typed, tapped, or an act in round brackets."""

import re
from collections.abc import Mapping

import msgspec

NAMES = frozenset(
    {
        *("picture", "pictures", "voice", "video", "file", "sticker", "like", "location", "card", "unsupported"),
        *("link", "ad", "shop", "post", "reel", "product", "cart", "comment"),
        *("reply", "react", "edit", "unsend", "form", "booking"),
    }
)
"""What can begin an act in round brackets."""
_START = re.compile(r"\[Get Started\](?: \((?P<of>[^()]+)\))?")
_MENU = re.compile(r"\[menu: (.+)\]", re.DOTALL)
_TAP = re.compile(r"\[(.+)\]", re.DOTALL)
_ACT = re.compile(r"\(([a-z]+)((?:\s+(?:[^\s()\"]*\"[^\"]*\"|[^\s()\"]+))*)\)\s*(.*)", re.DOTALL)
_WORD = re.compile(r"(?:([^\s\"=]+)=)?(?:\"([^\"]*)\"|([^\s\"]+))")


class Act(msgspec.Struct, frozen=True):
    """Something that a shopper does.

    Attributes:
        kind: `text`, `start`, `menu`, `tap`, or one of `NAMES`.
        text: What is typed, or the title of what is tapped.
        words: What stands in the brackets behind the act's name, without what has a name of its own.
        named: Those that have one, as in `post=12`.
        inside: All that stands behind the act's name, quotes taken off; the ref of Get Started.
    """

    kind: str
    text: str = ""
    words: tuple[str, ...] = ()
    named: Mapping[str, str] = {}
    inside: str = ""

    @property
    def first(self) -> str:
        """The first word, empty where there is none."""
        return self.words[0] if self.words else ""


def act(did: str) -> Act:
    """What the text behind `>` means.

    Args:
        did: The text.
    """
    if match := _START.fullmatch(did):
        return Act("start", inside=match["of"] or "")
    for kind, form in (("menu", _MENU), ("tap", _TAP)):
        if match := form.fullmatch(did):
            return Act(kind, match[1])
    if (match := _ACT.fullmatch(did)) and match[1] in NAMES:
        found = [(part[1] or "", part[2] if part[2] is not None else part[3]) for part in _WORD.finditer(match[2])]
        return Act(
            match[1],
            match[3].strip(),
            tuple(value for name, value in found if not name),
            {name: value for name, value in found if name},
            match[2].strip().strip('"'),
        )
    return Act("text", did.removeprefix("\\"))


def typed(text: str) -> str:
    """A text as it stands behind `>`, so that it is read as typed and as nothing else.

    Args:
        text: What was typed.
    """
    lines = [line.strip() for line in text.strip().split("\n")]
    words = "\n".join(lines)
    return f"\\{words}" if words.startswith("\\") or act(words).kind != "text" else words


def quoted(text: str) -> str:
    """Words as they stand in the brackets of an act.

    Args:
        text: Such as the title of a card.
    """
    return '"' + " ".join(text.replace('"', "'").split()) + '"'
