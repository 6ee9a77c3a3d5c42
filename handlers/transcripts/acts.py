"""What a shopper does in a transcript, as it is written there."""

import re

import msgspec

_FORMS = (
    ("menu", re.compile(r"\[menu: (?P<words>.+)\]", re.DOTALL)),
    ("start", re.compile(r"\[Get Started\](?: \((?P<of>[^()]+)\))?")),
    ("tap", re.compile(r"\[(?P<words>.+)\]", re.DOTALL)),
    ("picture", re.compile(r"\(picture\)(?: (?P<words>.+))?", re.DOTALL)),
    ("pictures", re.compile(r"\((?P<times>\d{1,2}) pictures\)")),
    ("voice", re.compile(r"\((?:voice|audio)\)")),
    ("file", re.compile(r"\((?:file|video)\)")),
    ("like", re.compile(r"\(like\)")),
    ("react", re.compile(r"\(reacts (?P<words>\S{1,12})\)")),
    ("comment", re.compile(r"\(comments\) (?P<words>.+)", re.DOTALL)),
    ("link", re.compile(r"\(comes by (?P<of>[^()]+)\)")),
    ("reply", re.compile(r"\(replies to “(?P<of>[^“”\n]+)”\) (?P<words>.+)", re.DOTALL)),
)


class Act(msgspec.Struct, frozen=True):
    """Something that a shopper does.

    Attributes:
        kind: `text`, or one of the forms above.
        words: What is typed, or the title of what is tapped.
        of: What is answered, or the ref of a link.
        times: How many pictures.
    """

    kind: str
    words: str = ""
    of: str = ""
    times: int = 1


def act(did: str) -> Act:
    """What the text behind `>` means.

    Args:
        did: The text.
    """
    for kind, form in _FORMS:
        if match := form.fullmatch(did):
            parts = match.groupdict()
            return Act(kind, parts.get("words") or "", parts.get("of") or "", int(parts.get("times") or 1))
    return Act("text", did.removeprefix("\\"))


def typed(text: str) -> str:
    """A text as it stands behind `>`, so that it is read as typed and as nothing else.

    Args:
        text: What was typed.
    """
    lines = [line.strip() for line in text.strip().split("\n")]
    words = "\n".join(lines)
    return f"\\{words}" if words.startswith("\\") or act(words).kind != "text" else words
