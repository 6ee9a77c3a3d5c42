"""Utility templates: what Meta lets a page say outside of the window, once it has approved the words.

Sources: Meta's "Utility messages" page; contract, section 4; named parameters since 6 March 2026.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping
from difflib import get_close_matches
from typing import Literal

import msgspec

from bot.messenger.answers import read_answer
from bot.messenger.graph import Graph

WORDS_MOST = 1000
"""Characters of a template's text; Meta takes 1,024."""
VALUE_MOST = 200
"""Characters of a value: what is longer is no fact but a text, which Meta reviews with the words."""
WORDS_FOR_EACH = 3
"""Words that must stand in the text for each fact, or Meta says PARAMS_TO_WORD_RATIO_EXCEED_LIMIT."""
Status = Literal["submitted", "approved", "rejected", "paused"]

_FACT = re.compile(r"{{\s*([A-Za-z_][A-Za-z0-9_]*)\s*}}")
_MARKS = {"%": " percent", "#": "", "$": ""}
_STATUS: Mapping[str, Status] = {
    "APPROVED": "approved",
    "PENDING": "submitted",
    "IN_APPEAL": "submitted",
    "REJECTED": "rejected",
    "PAUSED": "paused",
    "DISABLED": "paused",
    "PENDING_DELETION": "paused",
    "DELETED": "paused",
    "LIMIT_EXCEEDED": "paused",
}
_WHY = {
    "INCORRECT_PARAMS": "The facts stand where Meta does not take them, such as at the beginning or the end.",
    "PARAMS_TO_WORD_RATIO_EXCEED_LIMIT": "There are too few words for so many facts.",
    "TAG_SHOULD_BE_MARKETING": "Meta takes it for advertising. A template may only say how an order stands.",
}


class TemplateState(msgspec.Struct, frozen=True, kw_only=True):
    """A template as Meta has it.

    Attributes:
        id: Meta's id.
        name: Its name, small letters, digits and underscores.
        language: Such as "en" or "fil".
        status: Meta's word, such as APPROVED.
        rejected_reason: Meta's word for why it was refused, empty or NONE where it was not.
    """

    id: str = ""
    name: str = ""
    language: str = ""
    status: str = ""
    rejected_reason: str | None = None

    @property
    def stands(self) -> Status:
        """Its status in our words; one that we do not know waits."""
        return _STATUS.get(self.status.upper(), "submitted")

    @property
    def reason(self) -> str:
        """Why Meta refused or paused it, for the merchant; empty where it did not."""
        word = self.rejected_reason or ""
        if word and word != "NONE":
            return f"{_WHY.get(word, 'Meta gives no other reason.')} ({word})"
        return "Meta has paused it: too many people were annoyed by it." if self.stands == "paused" else ""


class _Page(msgspec.Struct, frozen=True):
    data: tuple[TemplateState, ...] = ()


def facts_in(words: str) -> tuple[str, ...]:
    """The names of the facts that stand in the words of a template, each once, in order.

    Args:
        words: With `{{name}}` where a fact goes.
    """
    return tuple(dict.fromkeys(_FACT.findall(words)))


def problem(words: str, known: Collection[str]) -> str:
    """What Meta would refuse in the words of a template, in a sentence; empty where nothing is wrong.

    Args:
        words: With `{{name}}` where a fact goes.
        known: The facts that there are.
    """
    text = words.strip()
    if not text:
        return "Please write what it says."
    if len(text) > WORDS_MOST:
        return f"This is {len(text):,} characters long. {WORDS_MOST:,} are possible."
    for name in facts_in(text):
        if name not in known:
            near = get_close_matches(name, known, 1)
            return f"There is no fact {{{{{name}}}}}." + (f" Did you mean {{{{{near[0]}}}}}?" if near else "")
    plain = _FACT.sub("", text)
    if "{" in plain or "}" in plain:
        return "A fact is written as {{name}}, with two braces on each side."
    first, last = _FACT.match(text), list(_FACT.finditer(text))
    if first or (last and not text[last[-1].end() :].strip(" .!?…")):
        return "Meta takes no text that begins or ends with a fact. Put some words there."
    if len(plain.split()) < WORDS_FOR_EACH * len(_FACT.findall(text)):
        return "Meta wants more words between so many facts: at least three for each."
    return ""


def filled(words: str, values: Mapping[str, str]) -> str:
    """The words of a template as a shopper reads them.

    Args:
        words: With `{{name}}` where a fact goes.
        values: The facts, cleaned.
    """
    return _FACT.sub(lambda found: values.get(found[1], ""), words)


def clean(value: str) -> str:
    """A fact without what Meta refuses in one: `#`, `%`, `$`, emoji, line ends (100/1893043); cut where it is long.

    Args:
        value: Any text.
    """
    spelled = "".join(_MARKS.get(letter, letter) for letter in value)
    kept = "".join(letter for letter in spelled if letter.isspace() or _is_taken(letter))
    text = " ".join(kept.split())
    return text if len(text) <= VALUE_MOST else text[: VALUE_MOST - 1].rstrip() + "…"


def _is_taken(letter: str) -> bool:
    return unicodedata.category(letter) not in ("So", "Sk", "Cc", "Cf", "Cs", "Co", "Cn") and not (
        "\ufe00" <= letter <= "\ufe0f" or letter == "\u20e3"
    )


def message(name: str, language: str, values: Mapping[str, str]) -> dict[str, object]:
    """The `message` object that sends a template, with messaging_type UTILITY.

    Args:
        name: The template's name.
        language: Its language.
        values: Its facts by name, cleaned, none of them empty.
    """
    parameters = [{"type": "text", "parameter_name": fact, "text": value} for fact, value in values.items()]
    body = [{"type": "body", "parameters": parameters}] if parameters else []
    return {"template": {"name": name, "language": {"code": language}, "components": body}}


async def submit(graph: Graph, *, name: str, language: str, words: str, examples: Mapping[str, str]) -> TemplateState:
    """Ask Meta to approve a template.

    Args:
        graph: The page's way to Facebook.
        name: Its name: never used before in this language.
        language: Such as "en" or "fil".
        words: With `{{name}}` where a fact goes.
        examples: A believable value of each of its facts, cleaned.

    Raises:
        GraphError: Meta does not take it; the words are Meta's.
    """
    body: dict[str, object] = {"type": "BODY", "text": _FACT.sub(lambda found: f"{{{{{found[1]}}}}}", words.strip())}
    if facts := facts_in(words):
        named = [{"param_name": fact, "example": examples[fact]} for fact in facts]
        body["example"] = {"body_text_named_params": named}
    asked: dict[str, object] = {
        "name": name,
        "language": language,
        "category": "UTILITY",
        "parameter_format": "NAMED",
        "components": [body],
    }
    return read_answer(await graph.call("POST", graph.url("me/message_templates"), asked), TemplateState)


async def look_up(graph: Graph, name: str) -> tuple[TemplateState, ...]:
    """What Meta says of the templates of a name, one for each language.

    Args:
        graph: The page's way to Facebook.
        name: Their name.

    Raises:
        GraphError: Meta does not answer.
    """
    fields = "id,name,language,status,rejected_reason"
    answer = await graph.call("GET", graph.url("me/message_templates", name=name, fields=fields))
    return read_answer(answer, _Page).data
