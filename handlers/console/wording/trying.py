"""What shoppers would see of words that are still being written, and what is wrong with them."""

from collections.abc import Sequence

from bot.language.phrases.filling import Problem, filling_problem
from bot.messenger import limits
from bot.messenger.messages import Buttons, Message, PostbackButton, QuickReplyOption, Text
from bot.messenger.wording import size
from handlers.console.base.nouns.preview import Tried, as_sent, html_in
from handlers.console.wording.blocks import Block, Use, own_source, settled, used_as
from handlers.console.wording.persons import AS_USUAL, Person, as_for
from replies.checking import WORDS_MOST, WordingError, check, try_out
from replies.render import render
from replies.words import TEXT_MOST, Words, limit_of

_USES_TRIED = 12  # replies in which words are tried before they are saved
_SAID_MOST = 2000
_said: dict[tuple[str, str, str, str], str] = {}


def canned_problem(response: str, *, has_product: bool = False) -> Problem | None:
    """What is wrong with the words of a canned reply; None where nothing is.

    Args:
        response: What the merchant writes.
        has_product: Whether a product's card stands below them.
    """
    if not response:
        return Problem(1, "Please write what the shop answers.")
    if len(response) > WORDS_MOST:
        return Problem(1, f"This is {len(response):,} characters long. {WORDS_MOST:,} are possible.")
    return filling_problem(response, has_product=has_product)


def own_problem(block: Block, words: str, *, currency: str) -> WordingError | None:
    """What is wrong with a wording of a block; None where nothing is: it is filled in for every reply that uses it.

    Args:
        block: Which block.
        words: What the merchant writes.
        currency: ISO code.
    """
    if not words.strip():
        return WordingError(1, "Please write something. To say nothing special, use our words again.")
    try:
        check(words, variables=block.known)
        for use in block.uses[:_USES_TRIED]:
            _fill(block, words, use, currency)
    except WordingError as problem:
        return problem
    return None


def try_own(block: Block, language: str, typed: str, words: Words, *, use: int = 0, whom: Person = AS_USUAL) -> Tried:
    """A whole reply as shoppers would see it with other words for one of its blocks.

    Args:
        block: Which block.
        language: "en" or "fil".
        typed: What the merchant writes.
        words: The bot's words as they are now.
        use: Which of the block's uses to show.
        whom: For whom.
    """
    problem = own_problem(block, typed, currency=words.currency)
    chosen = block.uses[use] if 0 <= use < len(block.uses) else next(iter(block.uses), None)
    if chosen and whom != AS_USUAL:
        chosen = used_as(block, chosen, as_for(chosen.reply, whom))
    trying = words if problem else words.trying(block.name, language, typed)
    line, reason = (problem.line, problem.reason) if problem else (0, "")
    if chosen is None:
        return _alone(block, typed, line=line, reason=reason)
    shown = render([chosen.reply], trying, language)
    if problem:
        count, most = _typed(block, typed)
        return Tried(messages=as_sent(shown), count=count, most=most, line=line, reason=reason)
    try:
        raw = _fill(block, typed, chosen, words.currency)
    except WordingError as fails:
        return Tried(messages=as_sent(shown), line=fails.line, reason=fails.reason)
    count, most = _measure(block.name, raw, shown)
    return Tried(
        messages=as_sent(shown),
        said=trying.fill(block.name, language, chosen.facts),
        count=count,
        most=most,
        note=_note(count, most, len(shown)) or html_in(typed),
    )


def spoken(block: Block, language: str, words: Words, *, shop_name: str) -> str:
    """What a block says in a shop, on one line, for a list; filled once for each wording of it.

    Args:
        block: Which block.
        language: "en" or "fil".
        words: The bot's words.
        shop_name: The shop's name.
    """
    source = words.source(block.name, language)
    key = (block.name, language, source, shop_name)
    if key not in _said:
        if len(_said) >= _SAID_MOST:
            _said.clear()
        uses = settled(block, shop_name=shop_name, language=language).uses
        said = words.fill(block.name, language, uses[0].facts) if uses else source
        _said[key] = " ".join(said.split())
    return _said[key]


def _fill(block: Block, words: str, use: Use, currency: str) -> str:
    try:
        return try_out(words, use.facts, currency=currency)
    except WordingError:
        try:  # where our own words say nothing, the merchant's may do so too
            try_out(own_source(block.name, "en"), use.facts, currency=currency)
        except WordingError:
            return ""
        raise


def _alone(block: Block, typed: str, *, line: int, reason: str) -> Tried:
    """A block that no example shows, as a message of its own, its variables left as they are written."""
    text = " ".join(typed.split()) if block.part != "Message" else typed.strip()
    count, most = _typed(block, text)
    shown: Message = Text(text)
    if block.part == "Button":
        shown = Buttons("…", (PostbackButton(text, ""),))
    elif block.part == "Quick reply":
        shown = Text("…", (QuickReplyOption(text, ""),))
    return Tried(
        messages=as_sent([shown] if text else []),
        said=text,
        count=count,
        most=most,
        line=line,
        reason=reason,
        note="We have no example of this one, so it stands here just as you write it.",
    )


def _typed(block: Block, text: str) -> tuple[int, int]:
    """Characters of words just as they are typed, and how many Messenger shows of such a block."""
    most = limit_of(block.name)
    return (size(text), limits.TEXT) if most == TEXT_MOST else (len(text), most)


def _measure(name: str, raw: str, shown: Sequence[Message]) -> tuple[int, int]:
    """Characters that the words make up, and how many Messenger shows: of the whole text that they are a part of."""
    most = limit_of(name)
    if most < TEXT_MOST:
        return len(" ".join(raw.split())), most
    for message in shown:
        if isinstance(message, Buttons) and raw and raw in message.text:
            return size(message.text), limits.BUTTON_TEXT
    texts = "\n".join(message.text for message in shown if isinstance(message, Text))
    return (size(texts) if raw and raw in texts else size(raw)), limits.TEXT


def _note(count: int, most: int, messages: int) -> str:
    if count <= most:
        return ""
    if most == limits.TEXT:
        return f"This is long: shoppers get it as {messages} messages, one after the other."
    if most == limits.BUTTON_TEXT:
        return f"A text with buttons holds {most} characters. The end would be cut off."
    return f"Messenger shows {most} characters here. The rest would be cut off."
