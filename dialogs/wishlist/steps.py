"""The wishlist: the dialog's table."""

from dialogs.engine.heard import Keeps
from dialogs.engine.table import ANYWHERE, Dialog, On
from dialogs.states_wishlist import ListingWishlist
from dialogs.wishlist.listing import (
    drop_saved,
    fewer_saved,
    more_saved,
    open_wishlist,
    resume_wish_news,
    silence_saved,
    stop_wish_news,
    take_saved,
)
from dialogs.wishlist.naming import keep
from dialogs.wishlist.saving import put_aside, save_for_later
from dialogs.wishlist.unasked import leave_cart, no_reminders
from dialogs.wishlist.waiting import notify_me, stop_waiting
from replies.taps import ShowMore, ShowPrevious
from replies.taps_wishlist import (
    DropSaved,
    LeaveCart,
    NoReminders,
    NotifyMe,
    OpenWishlist,
    PutAside,
    ResumeWishNews,
    SaveForLater,
    SilenceSaved,
    StopWaiting,
    StopWishNews,
    TakeSaved,
)

WISHLIST = Dialog(
    "wishlist",
    (
        On(ANYWHERE, SaveForLater, save_for_later),
        On(ANYWHERE, OpenWishlist, open_wishlist),
        On(ListingWishlist, ShowMore, more_saved),
        On(ListingWishlist, ShowPrevious, fewer_saved),
        On(ANYWHERE, DropSaved, drop_saved),
        On(ANYWHERE, TakeSaved, take_saved),
        On(ANYWHERE, PutAside, put_aside),
        On(ANYWHERE, NotifyMe, notify_me),
        On(ANYWHERE, StopWaiting, stop_waiting),
        On(ANYWHERE, SilenceSaved, silence_saved),
        On(ANYWHERE, StopWishNews, stop_wish_news),
        On(ANYWHERE, ResumeWishNews, resume_wish_news),
        On(ANYWHERE, Keeps, keep),
        On(ANYWHERE, NoReminders, no_reminders),
        On(ANYWHERE, LeaveCart, leave_cart),
    ),
)
