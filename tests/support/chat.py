"""A chat with the dialogs alone: no event loop, no database; asks are answered from a dict."""

from collections.abc import Callable, Coroutine, Mapping, Sequence
from datetime import UTC, datetime
from typing import TypeVar

import msgspec

from bot.messenger.event import Event
from bot.messenger.events import AttachmentMessage, Postback, QuickReply, Referral, TextMessage
from bot.messenger.messages import Message
from bot.messenger.parts import Attachment, ReferralDetails
from dialogs.checkout.form import question_of
from dialogs.checkout.questions import PARTS
from dialogs.conversation import TABLE, dump_draft, dump_state, load_draft, load_state, step_for
from dialogs.engine.run import Ask, Next, Turn, run_step
from dialogs.engine.state import Idle, State
from dialogs.reading.context import Context, Offered
from dialogs.reading.hear import hear
from dialogs.states import AskingExtra, Draft, InCheckout
from handlers.turns.spoken import offers
from replies.codec import Tap
from replies.payloads import CODEC
from replies.render import render
from replies.words import Words
from repository.database.errors import ShopError
from repository.rules import Rules
from tests.support.drawing import DRAWING

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
WORDS = Words()
RULES = Rules(shop_name="Tindahan", payment_account="0917 000 0000, Tindahan")

Answers = Mapping[Callable[..., object], object]
Result = TypeVar("Result")


def a_turn(**facts: object) -> Turn:
    """A turn's facts, those given in place of the usual ones."""
    usual = Turn(shopper_id=1, name="Ana Reyes", language="en", now=NOON, nonce="nonce-1", rules=RULES)
    return msgspec.structs.replace(usual, **facts)


def run(running: Coroutine[object, object, Result]) -> Result:
    """The result of a coroutine that waits for nothing."""
    try:
        running.send(None)
    except StopIteration as stop:
        result: Result = stop.value
        return result
    raise AssertionError("it waited for something")


def decide(state: State, heard: msgspec.Struct, answers: Answers, turn: Turn) -> tuple[Next[State], list[Ask[object]]]:
    """What the step for this state and what was heard decides, and what it asked.

    Args:
        state: Where the conversation stands.
        heard: What the shopper did.
        answers: What each repository function answers: a value, a refusal to be raised, or a function of the
            arguments that gives either.
        turn: The facts.
    """
    asks: list[Ask[object]] = []

    async def answer(together: Sequence[Ask[object]]) -> list[object]:
        return [answer_one(asked) for asked in together]

    def answer_one(asked: Ask[object]) -> object:
        asks.append(asked)
        assert asked.function in answers, f"nobody expected {asked.name}({dict(asked.arguments)})"
        given = answers[asked.function]
        if callable(given) and not isinstance(given, type):
            given = given(**asked.arguments)
        if isinstance(given, ShopError):
            raise given
        return given

    step = step_for(state, heard)
    decided = run(run_step(step, state, heard, turn, answer))
    if TABLE.find(state, heard):
        drawn = DRAWING.has(state, heard, step.__name__, decided.state)
        assert drawn, f"the diagram has no arrow for {step.__name__}: from {state} to {decided.state}"
    return decided, asks


def passing(extra: AskingExtra, before: State) -> str:
    """What is typed to pass an extra question, on the way on or back.

    Args:
        extra: The question.
        before: Where the conversation stood before it.
    """
    question = question_of(extra)
    if isinstance(before, InCheckout) and question_of(before) not in PARTS[: PARTS.index(question) + 1]:
        return "back"
    return "skip" if question.is_optional else "Nothing else"


class Chat:
    """One shopper's chat. Its state and its draft are stored and loaded between turns, as in the shop.

    Attributes:
        answers: What the shop answers; tests change it as they go.
        state: Where the conversation stands.
        draft: What is known of the order that is being made.
        asks: What the last turn asked.
        messages: What the last turn said.
        language: In which the shopper is answered.
        skips_extras: Whether extra questions that come up are passed: few tests are about them.
    """

    def __init__(
        self,
        answers: Answers | None = None,
        *,
        language: str = "en",
        state: State | None = None,
        draft: Draft | None = None,
        skips_extras: bool = True,
    ) -> None:
        self.answers: dict[Callable[..., object], object] = dict(answers or {})
        self.state: State = state or Idle()
        self.draft = draft or Draft()
        self.language = language
        self.skips_extras = skips_extras
        self.asks: list[Ask[object]] = []
        self.messages: list[Message] = []
        self.is_new = False
        self.name = "Ana Reyes"
        self.rules = RULES
        self.intent = ""
        self._turns = 0
        self._replied: Sequence[Offered] = ()

    def says(self, text: str, *, about: Sequence[Offered] = ()) -> "Chat":
        """The shopper types, perhaps as a reply to an older message on which this could be tapped."""
        self._replied = about
        return self.does(TextMessage(page_id="1", psid="2", sent_at=NOON, mid=f"m{self._turns}", text=text))

    def taps(self, what: Tap | str) -> "Chat":
        """The shopper taps: a button or quick reply on show by its title, or any payload or tap of an older message."""
        if isinstance(what, Tap):
            return self.does(Postback(page_id="1", psid="2", sent_at=NOON, mid="p", payload=CODEC.pack(what)))
        offered = {one.title: one.payload for one in self.offered}
        assert what in offered, f"{what!r} is not among {sorted(offered)}"
        return self.does(QuickReply(page_id="1", psid="2", sent_at=NOON, mid="q", text=what, payload=offered[what]))

    def presses(self, payload: str, title: str = "") -> "Chat":
        """The shopper taps a button of an old message."""
        return self.does(Postback(page_id="1", psid="2", sent_at=NOON, mid="p", title=title, payload=payload))

    def sends(self, kind: str, **fields: object) -> "Chat":
        """The shopper sends an attachment."""
        attachment = msgspec.convert({"type": kind, **fields}, Attachment)
        return self.does(AttachmentMessage(page_id="1", psid="2", sent_at=NOON, mid="a", attachments=(attachment,)))

    def arrives(self, ref: str) -> "Chat":
        """The shopper comes through a link."""
        return self.does(Referral(page_id="1", psid="2", sent_at=NOON, referral=ReferralDetails(ref=ref)))

    def does(self, event: Event) -> "Chat":
        """Take a turn for an event."""
        self._turns += 1
        before = self.state
        turn = a_turn(
            name=self.name,
            language=self.language,
            nonce=f"nonce-{self._turns}",
            is_new=self.is_new,
            rules=self.rules,
            draft=self.draft,
        )
        decided, self.asks = decide(self.state, hear(event, self._context), self.answers, turn)
        self.language = decided.language or self.language
        self.messages = render(decided.replies, WORDS, self.language)
        assert self.messages, "every input gets an answer"
        self.state = load_state(dump_state(decided.state))
        assert self.state == decided.state, "a state comes back from the database as it was"
        draft = self.draft if decided.draft is None else decided.draft
        self.draft = load_draft(dump_draft(draft, turn.now), dump_state(self.state), turn.now)
        assert self.draft == draft, "a draft comes back from the database as it was"
        self.intent = decided.intent or ""
        self.is_new = False
        if self.skips_extras and isinstance(self.state, AskingExtra) and self.state != before:
            asks = self.asks
            self.says(passing(self.state, before))
            self.asks = [*asks, *self.asks]
        return self

    @property
    def text(self) -> str:
        """Every word of the last turn's messages."""
        return "\n".join(
            msgspec.json.encode(message.payload()).decode().replace("\\n", "\n") for message in self.messages
        )

    @property
    def offered(self) -> list[Offered]:
        """What can be tapped: quick replies and buttons, those of cards too."""
        return offers([message.payload() for message in self.messages])

    @property
    def _context(self) -> Context:
        return Context(state=self.state, offered=self.offered, replied=self._replied, draft=self.draft)

    @property
    def titles(self) -> list[str]:
        """What stands on everything that can be tapped."""
        return [one.title for one in self.offered]

    def hears(self, *words: str) -> "Chat":
        """Check that the last turn said this."""
        for word in words:
            assert word in self.text, f"{word!r} is not in:\n{self.text}"
        return self

    def asked(self, function: Callable[..., object]) -> Mapping[str, object]:
        """The arguments with which the last turn asked this."""
        arguments = [asked.arguments for asked in self.asks if asked.function is function]
        assert arguments, f"{function.__name__} was not asked, but {[asked.name for asked in self.asks]}"
        return arguments[-1]
