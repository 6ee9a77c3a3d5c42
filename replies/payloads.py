"""How taps travel: the payload of every button, and what the payloads of the earlier bot meant."""

import re

from replies.codec import Codec, Legacy, Tap
from replies.taps import (
    AddPieces,
    AddToCart,
    BrowseCategories,
    BuyNow,
    Cancel,
    CancelOrder,
    ChangeLine,
    Checkout,
    ChooseLanguage,
    ChooseVariant,
    ChooseZone,
    Confirm,
    ConfirmCancelOrder,
    ConfirmEmptyCart,
    EditCheckout,
    EmptyCart,
    EnterPromo,
    GetStarted,
    GoBack,
    Help,
    Keep,
    MoreResults,
    MyOrders,
    NewAddress,
    OpenCart,
    OpenCategory,
    OpenCategoryNamed,
    OpenFeatured,
    OpenMenu,
    OpenOrder,
    OpenProduct,
    PayWith,
    PickLine,
    RemoveLine,
    RemovePromo,
    ReviewOrder,
    SearchAgain,
    SetLanguage,
    SetQuantity,
    ShippingInfo,
    ShowMore,
    ShowPrevious,
    Skip,
    TalkToPerson,
    TrackOrder,
    UseAddress,
    UseOwnName,
    UsePlace,
    VerifyOrder,
    ViewPromos,
)
from replies.taps_after import (
    AddItem,
    CancelBecause,
    ChangeDelivery,
    ChangeItem,
    ChangeItems,
    ConfirmDelivery,
    ConfirmItems,
    DeleteMyData,
    KeepMyData,
    OrderAgain,
    PickOrder,
    RateOrder,
    ResumePromos,
    ReturnBecause,
    ReturnItem,
    ReturnOrder,
    ReviewProduct,
    SeeReviews,
    SendReturn,
    SetItem,
)
from replies.taps_desk import TakeDraft
from replies.taps_looking import (
    BrowseBrands,
    OpenList,
    SeePictures,
    SeePoints,
    SeePrices,
    SeeSizes,
    ShareProduct,
    SortList,
    StopNews,
    UseUsual,
    WhenItArrives,
)
from replies.taps_posts import TakeCommented
from replies.taps_proving import ChooseId, ProveOrder, ReceiveOrder
from replies.taps_talk import PickReply
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

TAPS: tuple[type[Tap], ...] = (
    GetStarted, OpenMenu, Help, GoBack, Cancel, SetLanguage, ChooseLanguage, ShippingInfo, ViewPromos, TalkToPerson,
    BrowseCategories, OpenCategory, OpenCategoryNamed, OpenFeatured, MoreResults, ShowMore, ShowPrevious, SearchAgain,
    OpenProduct, ChooseVariant,
    AddToCart, BuyNow, OpenCart, PickLine, ChangeLine, SetQuantity, AddPieces, RemoveLine, EmptyCart, ConfirmEmptyCart,
    Checkout, UseAddress, NewAddress, UseOwnName, UsePlace, ChooseZone, Skip, Keep, PayWith, EnterPromo, RemovePromo,
    EditCheckout, ReviewOrder, Confirm,
    MyOrders, TrackOrder, OpenOrder, CancelOrder, ConfirmCancelOrder, VerifyOrder, ProveOrder, ChooseId, ReceiveOrder,
    PickOrder, ChangeDelivery, ConfirmDelivery, ChangeItems, ChangeItem, SetItem, AddItem, ConfirmItems, CancelBecause,
    OrderAgain, ReturnOrder, ReturnItem, ReturnBecause, SendReturn, RateOrder, ReviewProduct, SeeReviews, ResumePromos,
    DeleteMyData, KeepMyData, TakeDraft, PickReply, TakeCommented,
    OpenList, SortList, BrowseBrands, SeePrices, SeePictures, SeeSizes, ShareProduct, WhenItArrives, SeePoints,
    UseUsual, StopNews,
    SaveForLater, OpenWishlist, DropSaved, TakeSaved, PutAside, NotifyMe, StopWaiting, SilenceSaved, StopWishNews,
    ResumeWishNews, NoReminders, LeaveCart,
)  # fmt: skip

_UPFRONT: dict[str, str] = {"GCASH": "gcash", "MAYA": "paymaya", "BANK": "bank_transfer"}
_ORDER = r"([A-Za-z0-9-]{1,50})"
_ID = r"(\d{1,9})"

LEGACY: tuple[Legacy, ...] = (
    (re.compile("GET_STARTED(?:_PAYLOAD)?"), lambda _: GetStarted()),
    (re.compile("MAIN_MENU"), lambda _: OpenMenu()),
    (re.compile("VIEW_PRODUCTS"), lambda _: BrowseCategories()),
    (re.compile("CATEGORY_(.{1,100})"), lambda match: OpenCategoryNamed(slug=match[1])),
    (re.compile(f"PRODUCT_{_ID}"), lambda match: OpenProduct(product_id=int(match[1]))),
    (re.compile(f"ORDER_{_ID}"), lambda match: OpenOrder(order_id=int(match[1]))),
    (re.compile("SHOW_MORE"), lambda _: ShowMore()),
    (re.compile("SHOW_PREVIOUS"), lambda _: ShowPrevious()),
    (re.compile("SHIPPING_INFO"), lambda _: ShippingInfo()),
    (re.compile("VIEW_PROMOS"), lambda _: ViewPromos()),
    (re.compile("PAY_COD"), lambda _: PayWith(method="cod")),
    (re.compile("PAY_GCASH"), lambda _: PayWith(method="gcash")),
    (re.compile("PAY_BANK"), lambda _: PayWith(method="bank_transfer")),
    (re.compile("CONFIRM_ORDER"), lambda _: Confirm()),
    (re.compile("CANCEL_ORDER"), lambda _: Cancel()),
    (re.compile(f"VERIFY_ID_{_ORDER}"), lambda match: VerifyOrder(order=match[1])),
    (re.compile(f"VERIFY_UPFRONT_{_ORDER}"), lambda match: VerifyOrder(order=match[1], kind="upfront")),
    (
        re.compile(f"PAY_UPFRONT_(GCASH|MAYA|BANK)_{_ORDER}"),
        lambda match: VerifyOrder(order=match[2], kind="upfront", method=_UPFRONT[match[1]]),
    ),
)
"""Payloads of the earlier bot's buttons, which are in people's chats for ever (contract/rules.md, last paragraph)."""

CODEC = Codec(TAPS, LEGACY)
