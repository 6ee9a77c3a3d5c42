"""What is answered to a cart of which the shop spoke by itself."""

from dialogs.engine.run import Next, Turn, ask
from dialogs.engine.state import Here
from replies.taps_wishlist import LeaveCart, NoReminders
from replies.unasked import CartLeft, RemindersStopped
from repository.notices import reminding


async def no_reminders(state: Here, tap: NoReminders, turn: Turn) -> Next[Here]:
    """Never remind the shopper of a cart again."""
    await ask(reminding.stop, shopper_id=turn.shopper_id)
    return Next(state, [RemindersStopped()])


async def leave_cart(state: Here, tap: LeaveCart, turn: Turn) -> Next[Here]:
    """Leave the cart as it is for now."""
    return Next(state, [CartLeft()])
