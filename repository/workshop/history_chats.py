"""What the regulars of a demo said on a day, and what the bot and the shop's people answered."""

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache

import msgspec

from bot.messenger.events import Referral, dump
from bot.messenger.parts import ReferralDetails
from repository.database.connection import Bound
from repository.workshop.demo import Line, lines

_STOPS = ("checkout.recipient", "checkout.phone", "checkout.address", "checkout.payment", "checkout.review")
_STOP_WEIGHTS = (1, 3, 5, 3, 4)
_SOURCES = (
    None, None, None, None, None, ReferralDetails(ref="facebook-bio", source="SHORTLINK"),
    ReferralDetails(ad_id="23850001", source="ADS"), ReferralDetails(ref="post:november-sale", source="SHORTLINK"),
)  # fmt: skip
_SLOW, _USUAL = 180, 40  # milliseconds that an answer takes


class Person(msgspec.Struct, frozen=True):
    """A regular.

    Attributes:
        id: `users.id`.
        psid: Their number on Messenger.
        line: Their line of `regulars.csv`.
    """

    id: int
    psid: str
    line: Line


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """Something that a regular said with its answer, or that a person of the shop wrote.

    Attributes:
        at: When.
        kind: As in `chat_logs.message_type`.
        words: What was typed; empty for a tap.
        intent: What the bot made of it.
        state: JSON of where the conversation stood then.
        answer: What was answered; empty for nothing.
        recording: JSON, as far as the figures look into it.
        event: JSON of the event, where it says where they came from.
        took_ms: How long the bot thought.
        sent_ms: How long the sending took.
        fails: Facebook's code where it did not take the answer; else empty.
        by_person: Whether a person of the shop wrote it.
    """

    at: datetime
    kind: str = "text"
    words: str = ""
    intent: str = ""
    state: str = '{"at":"idle"}'
    answer: str = ""
    recording: str = '{"asks":[],"replies":[]}'
    event: str = ""
    took_ms: int = _USUAL
    sent_ms: int = _SLOW
    fails: str = ""
    by_person: bool = False

    @property
    def decided_at(self) -> datetime:
        """When the answer was ready."""
        return self.at + timedelta(milliseconds=self.took_ms)


class Chat(msgspec.Struct, frozen=True):
    """A visit of a regular.

    Attributes:
        person: Whose.
        at: When it began.
        said: What was said, in order.
        sku: What they looked at.
        buys: Whether they ordered at its end.
        source: What led them there; None where nothing did.
    """

    person: Person
    at: datetime
    said: tuple[Said, ...]
    sku: str
    buys: bool
    source: ReferralDetails | None = None

    @property
    def ends_at(self) -> datetime:
        """When it ended."""
        return max(one.at for one in self.said)


class Written(msgspec.Struct, frozen=True):
    """A row to be inserted.

    Attributes:
        into: Into which table and columns.
        values: What.
    """

    into: str
    values: Sequence[Bound]


def rows_of(person: Person, said: Said, key: bytes) -> Written:
    """The row of the chat log.

    Args:
        person: Who said it.
        said: What.
        key: Names the event.
    """
    into = (
        "INSERT INTO chat_logs (user_id, page_id, event_key, event, event_at, turn_status, decided_at, message_type,"
        " user_message, bot_response, intent, response_time_ms, state_before, state_after, recording, created_at)"
    )
    return Written(
        into,
        (
            person.psid, "history", key, said.event or None, said.at, "done", said.decided_at, said.kind,
            said.words or None, said.answer, said.intent, said.took_ms, '{"at":"idle"}', said.state, said.recording,
            said.at,
        ),
    )  # fmt: skip


def chat_of(person: Person, at: datetime, chance: random.Random, products: Mapping[str, int]) -> Chat:
    """A visit: how far it goes is chance, and most look around.

    Args:
        person: Whose.
        at: When it begins.
        chance: What decides.
        products: What is sold, `products.id` by sku.
    """
    far = chance.choices(("wrote", "saw", "filled", "began", "orders"), weights=(14, 26, 16, 17, 27))[0]
    sku = chance.choices(sorted(products), weights=[1 / (place + 2) for place in range(len(products))])[0]
    said: list[Said] = []
    for one in _steps(far, products[sku], chance):
        at += timedelta(seconds=chance.randint(12, 80), milliseconds=chance.randint(0, 900))
        if one.by_person:
            at += timedelta(minutes=chance.choice((2, 4, 7, 15, 40, 95)))
        took, sent = round(chance.lognormvariate(3.4, 0.5)), round(chance.lognormvariate(5.2, 0.35))
        fails = chance.choice(("551/0", "551/0", "10/2018278", "613/0")) if chance.random() < 0.006 else ""
        said.append(msgspec.structs.replace(one, at=at, took_ms=took, sent_ms=sent, fails=fails))
    source = chance.choice(_SOURCES)
    if source is not None:
        came = dump(Referral(page_id="history", psid=person.psid, sent_at=said[0].at, referral=source))
        first = msgspec.structs.replace(said[0], kind="referral", words="", intent="referred", event=came.decode())
        said[0] = first
    return Chat(person, said[0].at, tuple(said), sku, far == "orders", source)


def _steps(far: str, product_id: int, chance: random.Random) -> Iterator[Said]:
    """What is said, without its time."""
    shows = '{"asks":[],"replies":[["browsing.products",{}]]}'
    opened = f'{{"at":"product","product_id":{product_id}}}'
    yield _line("hello", chance)
    if chance.random() < 0.3:
        yield _asked(chance)
        if chance.random() < 0.2:
            yield _line("no", chance)
    if chance.random() < 0.16:
        yield _line("miss", chance)
    if chance.random() < 0.07:
        yield _line("person", chance)
        yield _line("waits", chance)
        if chance.random() < 0.85:
            yield _line("typed", chance, by_person=True)
    if far == "wrote":
        return
    yield _line("see", chance, recording=shows, state='{"at":"search","text":"mug","page":1}')
    if chance.random() < 0.5:
        yield _tap("view_product", opened, "Here it is.")
    if chance.random() < 0.03:
        yield _tap(
            "add_to_cart",
            opened,
            "Sorry, that just sold out.",
            f'{{"asks":[{{"ask":"carts.add_line","arguments":{{"product_id":{product_id}}},"refusal":"OutOfStock"}}]}}',
        )
    if far == "saw":
        return
    yield _tap("add_to_cart", opened, "It is in your cart.", '{"asks":[],"replies":[["cart.added",{}]]}')
    if far == "filled":
        return
    stop = chance.choices(_STOPS, _STOP_WEIGHTS)[0] if far == "began" else _STOPS[-1]
    for at in _STOPS[: _STOPS.index(stop) + 1]:
        yield _tap("checkout", f'{{"at":"{at}"}}', "Next question.")
    if far == "orders":
        yield _tap("confirm_order", '{"at":"idle"}', "Thank you! Your order is placed.")
        yield _line("thanks", chance)


def _asked(chance: random.Random) -> Said:
    reply_id = chance.choice(range(9, 30))
    recording = f'{{"asks":[{{"ask":"canned.best","arguments":{{}},"answer":{{"id":{reply_id}}}}}],"replies":[]}}'
    return _line("ask", chance, recording=recording)


def _line(kind: str, chance: random.Random, **more: object) -> Said:
    line = chance.choice(_sayings()[kind])
    words = line["says"]
    if more.get("by_person"):
        return Said(at=datetime.min, answer=words, by_person=True)  # noqa: DTZ901  (its time is set afterwards)
    made = Said(at=datetime.min, words=words, intent=line["intent"], answer=line["answer"])  # noqa: DTZ901
    return msgspec.structs.replace(made, **more)


def _tap(intent: str, state: str, answer: str, recording: str = '{"asks":[],"replies":[]}') -> Said:
    return Said(at=datetime.min, kind="postback", intent=intent, state=state, answer=answer, recording=recording)  # noqa: DTZ901


@cache
def _sayings() -> Mapping[str, Sequence[Line]]:
    found: dict[str, list[Line]] = {}
    for line in lines("sayings"):
        found.setdefault(line["kind"], []).append(line)
    return found
