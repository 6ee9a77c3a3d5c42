"""What the chats of a day come to: how far each shopper came, which replies helped, how long people let them wait."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from bot.messenger.events import Referral, dump
from bot.messenger.parts import ReferralDetails
from repository.analytics.figures import CHATS, Figure
from repository.analytics.gathering.chats import BEGAN, FILLED, SAW, WROTE, ChatDay, spread, waits
from repository.analytics.gathering.turns import CountedTurn, named, recorded

EIGHT = datetime(2026, 11, 28, 8, 0, tzinfo=UTC)
TURN = CountedTurn(
    id=1, shopper_id=7, psid="7", created_at=EIGHT, kind="text", intent="search", words="mug", state='{"at":"idle"}',
    decided_ms=20, sent_ms=80, shows=False, fills=False, recording="", event="",
)  # fmt: skip
SAID_COD = '{"asks":[{"ask":"canned.best","arguments":{},"answer":{"id":41,"keyword":"cod"}}],"replies":[]}'
SOLD_OUT = '{"asks":[{"ask":"carts.add_line","arguments":{"product_id":9},"refusal":"OutOfStock"}]}'


def turn(minute: int = 0, **more: object) -> CountedTurn:
    fields = {name: getattr(TURN, name) for name in TURN.__struct_fields__}
    return CountedTurn(**{**fields, "created_at": EIGHT + timedelta(minutes=minute), **more})


def day(*turns: CountedTurn) -> ChatDay:
    heard = ChatDay()
    for one in turns:
        heard.hear(one)
    return heard


def counted(chats: ChatDay, ordered: Mapping[int, Sequence[datetime]] | None = None) -> dict[tuple[str, str], int]:
    return {(one.measure, one.part): one.pieces for one in chats.figures(ordered=ordered or {})}


@pytest.mark.parametrize(
    ("turns", "step", "stopped"),
    [
        ((turn(),), WROTE, None),
        ((turn(), turn(1, shows=True)), SAW, None),
        ((turn(state='{"at":"product","product_id":4}'),), SAW, None),
        ((turn(fills=True), turn(1)), FILLED, None),
        ((turn(state='{"at":"cart.line","line_id":1}'),), FILLED, None),
        ((turn(state='{"at":"checkout.phone"}'), turn(1, state='{"at":"checkout.zone"}'), turn(2)), BEGAN,
         "checkout.zone"),
    ],
)  # fmt: skip
def test_a_visit_is_as_far_as_it_came(turns: tuple[CountedTurn, ...], step: int, stopped: str | None) -> None:
    (visit,) = day(*turns).visits
    assert (visit.step, visit.stopped_at, visit.turns, visit.first_at) == (step, stopped, len(turns), EIGHT)


def test_typed_messages_without_an_answer_are_counted_and_those_of_people_are_not() -> None:
    chats = day(
        turn(intent="not_understood"),
        turn(1, intent="search_nothing"),
        turn(2, intent="did_you_mean"),
        turn(3, intent="left_to_person"),
        turn(4, kind="postback", intent="not_understood"),
        turn(5),
    )
    figures = counted(chats)
    assert figures["messages", ""] == 4
    assert sum(count for (measure, _), count in figures.items() if measure == "unanswered") == 3
    assert {measure for measure, _ in figures} <= set(CHATS)


@pytest.mark.parametrize(
    ("following", "measure"),
    [
        (turn(1, words="hindi"), "canned_wrong"),
        (turn(1, intent="not_understood"), "canned_wrong"),
        (turn(1, recording=SAID_COD), "canned_wrong"),
        (turn(1, intent="call_person"), "canned_person"),
        (turn(11, words="no"), ""),
        (turn(1, psid="8", shopper_id=8, words="no"), ""),
        (turn(1, words="ok"), ""),
    ],
)
def test_a_canned_reply_is_judged_by_what_the_shopper_does_next(following: CountedTurn, measure: str) -> None:
    figures = counted(day(turn(recording=SAID_COD), following))
    assert figures["canned", "41"] == 1 + (following.recording != "")
    assert [name for name, part in figures if name in ("canned_wrong", "canned_person")] == (
        [measure] if measure else []
    )


def test_an_order_within_a_day_follows_a_canned_reply() -> None:
    chats = day(turn(recording=SAID_COD))
    assert counted(chats, {7: [EIGHT + timedelta(hours=23)]})["canned_order", "41"] == 1
    assert ("canned_order", "41") not in counted(chats, {7: [EIGHT + timedelta(hours=25)], 8: [EIGHT]})


def test_what_was_looked_at_and_what_was_gone_are_counted() -> None:
    figures = counted(day(turn(state='{"at":"product.variant","product_id":9,"buying":true}', recording=SOLD_OUT)))
    assert (figures["looked", "9"], figures["sold_out", "9"]) == (1, 1)


def test_a_recording_of_another_program_says_nothing() -> None:
    assert recorded(turn(recording="{broken")) == recorded(turn(recording='{"asks":[{"ask":"x"}]}')) == recorded(turn())


@pytest.mark.parametrize(
    ("referral", "source"),
    [
        (ReferralDetails(ref="bio", source="SHORTLINK"), "ref:bio"),
        (ReferralDetails(ref="post:sale"), "post:sale"),
        (ReferralDetails(ref="x", ad_id="23", source="ADS"), "ad:23"),
        (ReferralDetails(source="CUSTOMER_CHAT_PLUGIN"), "ref:customer_chat_plugin"),
        (ReferralDetails(product_id="K1"), "product:K1"),
        (ReferralDetails(), ""),
        (ReferralDetails(ref="x" * 500), f"ref:{'x' * 186}"),
    ],
)
def test_a_source_is_named(referral: ReferralDetails, source: str) -> None:
    assert named(referral) == source
    came = dump(Referral(page_id="1", psid="7", sent_at=EIGHT, referral=referral)).decode()
    (visit,) = day(turn(event=came), turn(1)).visits
    assert visit.source == source


def test_a_wait_ends_with_the_first_answer_of_a_person() -> None:
    at = [EIGHT + timedelta(minutes=minutes) for minutes in (0, 5, 30)]
    spoken = [EIGHT + timedelta(seconds=1), EIGHT + timedelta(minutes=10), EIGHT + timedelta(minutes=50)]
    figures = list(waits({"7": at, "8": [EIGHT]}, {"7": spoken}))
    assert Figure("wait_hour", "08", 2, Decimal(600 + 1200)) in figures
    assert Figure("wait_p50", "", 2, Decimal(600)) in figures
    assert Figure("wait_open", "", 1) in figures


@pytest.mark.parametrize(
    ("values", "half", "most"), [([5], 5, 5), ([1, 2], 1, 2), (list(range(100, 0, -1)), 50, 95), ([3, 1, 2], 2, 3)]
)
def test_the_middle_and_the_slow_ones(values: list[int], half: int, most: int) -> None:
    assert [one.amount for one in spread("bot", values)] == [half, most]


def test_nothing_has_no_middle() -> None:
    assert not list(spread("bot", []))
