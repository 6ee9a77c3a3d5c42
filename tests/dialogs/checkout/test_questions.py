"""The table of questions: a new question of checkout that lacks something is told by name what it lacks, and where."""

from typing import get_args

from msgspec import structs

from bot.messenger.checks import check_message
from dialogs.checkout.form import QUESTIONS, question_of
from dialogs.checkout.question import Question, When
from dialogs.checkout.questions import CHANGEABLE, EXTRAS, PARTS
from dialogs.conversation import TABLE, dump_state, load_state
from dialogs.engine.heard import SentLike
from dialogs.reading.commands import COMMANDS
from dialogs.states import AnyState, Draft, InCheckout
from replies.codec import Tap
from replies.extras import extra_parts
from replies.taps import Cancel, Checkout, Keep, ReviewOrder, Skip
from replies.words import LANGUAGES, Speaker, own_words
from repository.orders.extras import Extra
from tests.dialogs.stock import SHOP
from tests.support.chat import WORDS, Chat, a_turn, decide
from tests.support.workers.rows import rows

FIELDS = Draft.__struct_fields__
_ANSWERED = {
    one.fills[0]: "12 Mabini"
    for one in PARTS
    if {*one.fills[:1]} & {*FIELDS} and one.part not in EXTRAS and one.is_missing(Draft())
}
DRAFT = structs.replace(
    Draft(),
    **{**_ANSWERED, "city": "Marikina", "province": "Metro Manila", "zone_id": 1, "payment_method": "cod"},
    asked=tuple(one.part for one in PARTS if one.is_optional),
    extras=tuple(Extra(part, "12 Mabini") for part in EXTRAS),
)
"""Every question answered that must be before the summary."""
LEAVES = {
    "open_menu",
    "get_started",
    "open_cart",
    "pick_line",
    "empty_cart",
    "my_orders",
    "open_wishlist",
    "track_order",
    "browse_categories",
    "open_featured",
    "call_person",
}
"""Steps of other dialogs to which a command leads out of checkout; the draft is kept."""
TAPS_IN_BETWEEN: tuple[Tap, ...] = (*dict.fromkeys(COMMANDS.values()), Skip(), Keep(), ReviewOrder())

questions = rows("question", QUESTIONS, ids=lambda question: question.part)


def lacking(question: Question) -> Draft:
    """What is known when this is asked: everything in front of it."""
    if question.when not in (When.ALWAYS, When.DETAIL):
        return DRAFT
    here = PARTS.index(question)
    later = {one.fills[0]: Draft.__struct_defaults__[FIELDS.index(one.fills[0])] for one in PARTS[here:]}
    earlier = {one.part for one in PARTS[:here]}
    later["extras"] = tuple(extra for extra in DRAFT.extras if extra.part in earlier)
    return structs.replace(DRAFT, **later, asked=tuple(one.part for one in PARTS[:here] if one.is_optional))


@rows("state", InCheckout.__subclasses__(), ids=lambda state: state.__name__)
def test_every_state_of_checkout_has_a_row(state: type[InCheckout]) -> None:
    rows = [question.part for question in QUESTIONS if type(question.state) is state]
    assert rows, f"{state.__name__} has no row: give it one in dialogs/checkout/questions.py, PARTS"


@questions
def test_no_row_asks_where_another_asks(question: Question) -> None:
    rows = [other.part for other in QUESTIONS if other.state == question.state]
    assert rows == [question.part], f"{rows} are asked in one state: see dialogs/checkout/questions.py"
    assert question_of(question.state) is question


@questions
def test_no_word_names_two_parts(question: Question) -> None:
    for other in CHANGEABLE.values():
        both = sorted(question.words & other.words) if other is not question else []
        assert not both, f"{both} names {question.part!r} and {other.part!r}: give one of them other `words`"


def test_no_words_are_left_of_a_question_without_a_row() -> None:
    left = sorted(set(extra_parts()) - set(EXTRAS))
    assert not left, f"{left} have words and are never asked: add their rows to dialogs/checkout/questions.py"


@questions
def test_the_state_of_every_row_is_stored(question: Question) -> None:
    kind = type(question.state)
    tag = str(kind.__struct_config__.tag)
    assert tag.startswith("checkout."), (
        f"{kind.__name__} of {question.part!r} has no stored tag: write tag='checkout...' in dialogs/states.py"
    )
    assert kind in get_args(AnyState), (
        f"{kind.__name__} of {question.part!r} is stored and never read: put it into AnyState in dialogs/states.py"
    )
    assert load_state(dump_state(question.state)) == question.state


@questions
def test_every_row_fills_fields_of_the_draft(question: Question) -> None:
    unknown = set(question.fills) - set(Draft.__struct_fields__)
    assert not unknown, f"{question.part!r} fills {sorted(unknown)}: put that into Draft in dialogs/states.py"
    assert question.fills or question.when is When.ON_WISH, f"{question.part!r} fills nothing: it is asked for ever"


@rows("language", LANGUAGES)
@questions
def test_every_row_has_words_in_every_language(question: Question, language: str) -> None:
    """Those of the question itself, and those on the button that changes it."""

    lacked: dict[str, None] = {}

    def check(block: str) -> None:
        file, _, name = block.partition(".")
        if (block, language) not in own_words():
            lacked[f"write the block {name!r} into replies/{language}/{file}.j2"] = None

    class Checking(Speaker):
        def __call__(self, block: str, /, **facts: object) -> str:
            check(block)
            return super().__call__(block, **facts) if (block, "en") in own_words() else block

    asked, _ = decide(question.state, SentLike(), SHOP, a_turn(draft=lacking(question)))
    if question.part in EXTRAS:
        check(f"checkout.quick_{question.part}")
        check(f"checkout.summary_{question.part}")
    elif question.part in CHANGEABLE:
        check(f"paying.quick_{question.part}")
    for reply in asked.replies:
        for message in reply.messages(Checking(WORDS, language)):
            assert check_message(message.payload()) == []
    assert not lacked, f"{question.part!r} lacks words in {language!r}: {', '.join(lacked)}"


@rows("tap", TAPS_IN_BETWEEN, ids=repr)
@questions
def test_every_command_is_answered_in_the_middle_and_loses_nothing(question: Question, tap: Tap) -> None:
    step = TABLE.find(question.state, tap)
    home, name = (step.__module__, step.__name__) if step else ("nothing", "nothing")
    assert home.startswith("dialogs.checkout.") or name in LEAVES, (
        f"{type(tap).__name__}, heard while {question.part!r} is asked, is answered by {name} of {home}, as if no order"
        " were being made: give it a row in dialogs/checkout/between/meanwhile.py, or name that step in LEAVES"
    )
    chat = Chat(SHOP, state=question.state, draft=lacking(question), skips_extras=False).taps(tap)
    if isinstance(tap, Cancel):
        assert chat.draft == Draft()
        return
    chat.taps(Checkout())
    may_leave_out = isinstance(tap, Skip | Keep) and question.is_optional
    wanted = question.state if question.is_missing(lacking(question)) and not may_leave_out else chat.state
    assert chat.state == wanted, f"{question.part!r} is forgotten after {tap}"
    for field in FIELDS:
        before = getattr(lacking(question), field)
        after = getattr(chat.draft, field)
        after = after[: len(before)] if field == "extras" else after
        assert field == "asked" or not before or after == before, f"{field} is lost after {tap}"
