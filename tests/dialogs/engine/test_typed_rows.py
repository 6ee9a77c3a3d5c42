"""Rows and steps that cannot be right are refused by mypy, before anything runs."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

ROWS = """
import msgspec

from dialogs.engine.heard import SentLike, Typed
from dialogs.engine.run import Next, Turn
from dialogs.engine.state import Here, Idle, State
from dialogs.engine.table import ANYWHERE, On
from dialogs.checkout.form import CHECKOUT
from dialogs.states import AskingCity, AskingPhone, InCheckout
from dialogs.states import OrderPlaced, ReviewingCart, ViewingOrder
from dialogs.states_looking import Searching
from replies.taps import Cancel, GoBack, Help


async def phone(state: AskingPhone, heard: Typed, turn: Turn) -> Next[AskingPhone | Idle]:
    return Next(state)

async def order(state: ViewingOrder | OrderPlaced, tap: GoBack | Cancel, turn: Turn) -> Next[Idle]:
    return Next(Idle())

async def asked(state: InCheckout, heard: msgspec.Struct, turn: Turn) -> Next[InCheckout]:
    return Next(state)

async def anything(state: Here, tap: Help, turn: Turn) -> Next[Here]:
    return Next(state)

async def idle(state: State, heard: Typed, turn: Turn) -> Next[Idle]:
    return Next(Searching(text=heard.text))  # wrong: another state than it says

async def moved(state: Here, tap: Help, turn: Turn) -> Next[Here | Searching]:
    return Next(Idle())  # wrong: neither stays nor searches

async def unsaid(state: State, tap: Help, turn: Turn) -> Next:  # wrong: does not say where it leads
    return Next(Idle())

On(AskingPhone, Typed, phone)
On(ViewingOrder, GoBack, order)
On((ViewingOrder, OrderPlaced), (GoBack, Cancel), order)
On((ViewingOrder, OrderPlaced), Cancel, order)
On((AskingPhone, AskingCity), Typed, asked)
On(CHECKOUT, (Typed, SentLike, Help, GoBack), asked)
On(ANYWHERE, Help, anything)
On((Idle, ReviewingCart, Searching), Help, anything)
On(ANYWHERE, Typed, idle)

On(AskingCity, Typed, phone)  # wrong: another state
On(AskingPhone, SentLike, phone)  # wrong: something else is heard
On((AskingPhone, AskingCity), Typed, phone)  # wrong: one of the states
On((ViewingOrder, OrderPlaced, Idle), Cancel, order)  # wrong: the last of the states
On((ViewingOrder, OrderPlaced), (GoBack, Help), order)  # wrong: one of what is heard
On((AskingPhone, ReviewingCart), Typed, asked)  # wrong: the cart is no question of checkout
On(ANYWHERE, Typed, phone)  # wrong: a step for one state alone
On(ANYWHERE, (Help, Typed), anything)  # wrong: one of what is heard, anywhere
"""


def test_exactly_the_wrong_rows_and_steps_are_refused(tmp_path: Path) -> None:
    rows = tmp_path / "rows.py"
    rows.write_text(ROWS, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--config-file", str(ROOT / "pyproject.toml"), "--no-error-summary", str(rows)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    refused = {int(line) for line in re.findall(r"rows\.py:(\d+): error", done.stdout)}
    lines = ROWS.splitlines()
    wrong = {number for number, line in enumerate(lines, 1) if "# wrong" in line}
    assert refused == wrong, done.stdout + done.stderr
