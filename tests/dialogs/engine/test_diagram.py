"""The diagram: whole, true to the table, and with no state that nothing leads to.

That it shows every way that conversations take is checked wherever one is had: by `decide` of `tests/support/chat.py`.
"""

from dialogs.conversation import TABLE
from dialogs.engine.diagram import ANYWHERE, diagram
from dialogs.engine.heard import SentLike, Typed
from dialogs.engine.run import Next, Turn
from dialogs.engine.state import Here, Idle, State
from dialogs.engine.table import Dialog, On, Table
from dialogs.states import (
    AskingCity,
    AskingPhone,
    OrderPlaced,
    ReviewingOrder,
)
from dialogs.states_looking import (
    BrowsingCategories,
    Searching,
)
from replies.taps import Help, OpenMenu
from tests.support.drawing import DRAWING, STATES, TEXT, Arrow, Drawing

ROWS = [(dialog, row) for dialog in TABLE.dialogs for row in dialog.rows]


async def search(state: Idle | Searching, heard: Typed, turn: Turn) -> Next[Searching | Idle]:
    return Next(Searching(text=heard.text))


async def like(state: Here, heard: SentLike, turn: Turn) -> Next[Here | BrowsingCategories]:
    return Next(state)


SMALL = Drawing(
    diagram(
        Table([Dialog("small", (On((Idle, Searching), Typed, search), On((Idle, Searching), SentLike, like)))]),
        (Idle, Searching, BrowsingCategories),
    )
)


def test_it_is_a_flowchart_that_names_every_dialog_step_and_state() -> None:
    assert TEXT.startswith("flowchart")
    for dialog, row in ROWS:
        assert dialog.name in TEXT
        assert row.step.__name__ in {arrow.step for arrow in DRAWING.arrows}
    assert {state.__name__ for state in STATES} == DRAWING.nodes


def test_arrows_lead_where_the_step_says() -> None:
    assert {arrow for arrow in SMALL.arrows if arrow.step == "search"} == {
        Arrow(start, "Typed", "search", end) for start in ("Idle", "Searching") for end in ("Searching", "Idle")
    }


def test_a_step_that_stays_leads_from_each_state_back_to_it() -> None:
    assert {(arrow.start, arrow.end) for arrow in SMALL.arrows if arrow.step == "like"} == {
        ("Idle", "Idle"),
        ("Idle", "BrowsingCategories"),
        ("Searching", "Searching"),
        ("Searching", "BrowsingCategories"),
    }


def test_from_the_beginning_every_state_is_reached() -> None:
    assert {state.__name__ for state in STATES} <= DRAWING.reached_from("Idle")


def test_no_step_says_that_it_leads_just_anywhere() -> None:
    for dialog, row in ROWS:
        for place in row.destinations:
            assert place is Here or (isinstance(place, type) and place is not State), f"{dialog.name}: {row.step}"


def test_what_no_step_does_is_not_drawn() -> None:
    assert DRAWING.has(Idle(), OpenMenu(), "open_menu", Idle())
    assert not DRAWING.has(Idle(), OpenMenu(), "open_menu", BrowsingCategories())
    assert DRAWING.has(Searching(text="mug"), Help(), "show_help", Searching(text="mug"))
    assert not DRAWING.has(Searching(text="mug"), Help(), "show_help", Idle())
    assert Arrow(ANYWHERE, "Help", "show_help", ANYWHERE) in DRAWING.arrows
    assert DRAWING.has(AskingPhone(), Typed(text="0917"), "hear_answer", AskingCity())
    assert not DRAWING.has(AskingPhone(), Typed(text="0917"), "hear_answer", Idle())
    assert not DRAWING.has(AskingPhone(), Typed(text="yes"), "hear_answer", OrderPlaced(order_id=61))
    assert DRAWING.has(ReviewingOrder(), Typed(text="yes"), "answer_summary", OrderPlaced(order_id=61))
