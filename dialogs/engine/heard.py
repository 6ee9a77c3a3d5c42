"""What a step hears: a tap, or what the shopper typed or sent."""

import msgspec


class Heard(msgspec.Struct, frozen=True):
    """Something a shopper did that a step can answer. Taps (`replies/taps.py`) are heard too."""


class Typed(Heard, frozen=True):
    """Text that is no command and names nothing on offer.

    Attributes:
        text: As typed, white space at its ends removed; never empty.
    """

    text: str


class Wished(Heard, frozen=True):
    """Text that wants something of an order that was placed, or of what the shop sends unasked.

    Attributes:
        text: As typed.
        wish: What, as `bot.language.afterwards.wishes` tells it.
    """

    text: str
    wish: str


class Vented(Heard, frozen=True):
    """Text or signs of anger.

    Attributes:
        text: As typed.
        mood: "angry", "impatient" or "displeased", as `bot.language.afterwards.anger` tells it.
    """

    text: str
    mood: str


class Troubled(Heard, frozen=True):
    """Text that tells what went wrong on the shopper's side of an order.

    Attributes:
        text: As typed.
        trouble: What, as `bot.language.afterwards.troubles` tells it.
    """

    text: str
    trouble: str


class SaysPaid(Heard, frozen=True):
    """Text that says that money was sent, or tells the number of a transfer: "bayad na po", "ref 1002 345 678901".

    Attributes:
        text: As typed, white space at its ends removed.
    """

    text: str


class WantsSome(Heard, frozen=True):
    """Text that says to take a product on show: "mine po", "pabili 2", "isa po nito", "2 navy".

    Attributes:
        product_id: Which.
        quantity: Pieces, at least 1.
        said: The words that may name a kind of it, such as "red l"; empty where there are none.
        text: As typed.
        beside: What was offered just before, if something else turns out to be wanted: product, kind or None, pieces.
        is_above: Whether something else was said since the product was shown: what is taken already is not taken twice.
        is_counted: Whether the pieces were typed: where they were not, what is taken already is not taken twice either.
    """

    product_id: int
    quantity: int
    said: str = ""
    text: str = ""
    beside: tuple[int, int | None, int] | None = None
    is_above: bool = False
    is_counted: bool = True


class Looks(Heard, frozen=True):
    """Text that asks about one product, or about a place, what a merchant may have an answer to as well.

    Attributes:
        text: As typed.
        kind: "sizes", "arrives", or "fee" for what it costs to send there.
        product_id: Which product, 0 where none is on show.
        city: The city, empty where none was named.
        province: The province, empty where none was named.
    """

    text: str
    kind: str
    product_id: int = 0
    city: str = ""
    province: str = ""


class WantsKinds(Heard, frozen=True):
    """Text that takes several kinds of a product on show: "1 navy 1 black", "red at blue po tig isa".

    Attributes:
        product_id: Which.
        kinds: Each with how many pieces, at least 1, and the words that name it.
        text: As typed.
    """

    product_id: int
    kinds: tuple[tuple[int, str], ...]
    text: str


class AsksOf(Heard, frozen=True):
    """Text that asks about a product on show: "this one?", "hm po ito?", "may blue?".

    Attributes:
        text: As typed.
        product_id: Which; 0 where it is what is in the cart.
        said: The words that may name a kind of it; empty where there are none.
        line_id: The line of the cart; 0 for what was put in last.
        is_this: Whether it says "this", so that no other product is meant.
        variant_id: The kind of it that was offered just before, 0 for none.
        quantity: Pieces of which it asks.
    """

    text: str
    product_id: int
    said: str = ""
    line_id: int = 0
    is_this: bool = False
    variant_id: int = 0
    quantity: int = 1


class AsksOfShown(Heard, frozen=True):
    """Any other question while one product is on show: "waterproof po ba yan?", "ilang oras ang battery".

    Attributes:
        text: As typed.
        product_id: Which.
        is_this: Whether it says "this", so that no other product is meant.
    """

    text: str
    product_id: int
    is_this: bool = False


class WhichOne(Heard, frozen=True):
    """Text that takes or means something of which several are on show: "isa po nito" below a list.

    Attributes:
        text: As typed.
        products: Which, in order.
        names: What each is called, in the same order.
        quantity: Pieces, 0 where more shall be told of one of them.
        place, is_other: Which of a list, 0 for none, or whether another, where that may be none of those on show.
    """

    text: str
    products: tuple[int, ...]
    names: tuple[str, ...]
    quantity: int
    place: int = 0
    is_other: bool = False


class Corrects(Heard, frozen=True):
    """Text that wants something of the order that is being made other than it was said; empty where it is not told.

    Attributes:
        text: As typed.
        part: Which part: "recipient", "phone", "address", "landmark", "payment", "promo"; empty where that is not said.
        phone: The new one, as E.164.
        method: The new way to pay.
        address: The new address, or what of it was said.
        recipient: Who receives it instead.
        promo: The promo code that shall be used.
        wish: When it shall come, as typed.
        landmark: What the address is beside.
        request: What the packer or the rider is asked to do, as typed.
    """

    text: str
    part: str = ""
    phone: str = ""
    method: str = ""
    address: str = ""
    recipient: str = ""
    promo: str = ""
    wish: str = ""
    landmark: str = ""
    request: str = ""


class ChangesKind(Heard, frozen=True):
    """Text that wants another color or size of what was taken: "teal na lang pala", "palitan ng size 39".

    Attributes:
        text: As typed.
        said: The words that name it.
        product_id: The product on show, 0 where none or several are.
        goods: The words that name the line of the cart, empty where none do.
        line_id: The line of the cart on show, where the words are a number that may be pieces as well; 0 for none.
        quantity: How many pieces there shall be then, 0 where it does not say; -1 where it is one of them alone.
    """

    text: str
    said: str
    product_id: int = 0
    goods: str = ""
    line_id: int = 0
    quantity: int = 0


class Keeps(Heard, frozen=True):
    """Text that wants something kept for later: "save ko muna", "sabihan nyo ako pag meron na", "ilipat sa cart".

    Attributes:
        text: As typed.
        what: What of it, as `bot.language.buying.keeping` tells it.
        goods: The words that may name the thing, or a kind of it; empty where there are none.
        product_id: The product that is meant of those on show, 0 where that is not told.
    """

    text: str
    what: str
    goods: str = ""
    product_id: int = 0


class LinkCode(Heard, frozen=True):
    """The code that the console shows to a merchant who wants to be told in this chat.

    Attributes:
        code: Its eight letters.
    """

    code: str


class SentPictures(Heard, frozen=True):
    """One or more pictures.

    Attributes:
        urls: Facebook's addresses of them, which stop working after a while.
        files: `stored_files.id` of those that are kept, each once; empty where nothing could want one.
        troubles: Why others are not kept, each in a word, such as "dead" or "not_a_picture".
        text: What was written with them, empty for nothing.
    """

    urls: tuple[str, ...]
    files: tuple[int, ...] = ()
    troubles: tuple[str, ...] = ()
    text: str = ""


class SentLike(Heard, frozen=True):
    """The thumbs-up, or a sticker.

    Attributes:
        is_sticker: Whether it is another sticker than the thumbs-up.
    """

    is_sticker: bool = False


class SentSomethingElse(Heard, frozen=True):
    """A voice message, a video, a file: what the bot can only answer politely.

    Attributes:
        kind: Messenger's word for it, such as "audio".
    """

    kind: str


class TappedUnknown(Heard, frozen=True):
    """A button whose payload nobody can decode any more.

    Attributes:
        title: What stood on it, empty where Messenger did not say.
    """

    title: str
