"""Several things taken by their names with one message: those that are plain are put into the cart together."""

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from bot.language.buying.whole import whole_in
from dialogs.browse.named import Pointed, one_named, product_or_none, which_kind_of
from dialogs.checkout.draft import with_whole
from dialogs.checkout.given import begin_with
from dialogs.engine.claimed import ClaimsSeveral, Gives, GivesAll
from dialogs.engine.run import Next, Turn
from dialogs.engine.state import Here
from dialogs.engine.table import ANYWHERE, Dialog, On
from dialogs.showing.adding import put_in_each
from dialogs.showing.answering import answer_text
from dialogs.showing.answers import hello, spoken_to
from dialogs.showing.kinds import is_all_said, kind_meant, without_looks
from dialogs.states import Ordering, ReviewingCart
from dialogs.states_looking import ChoosingVariant
from replies.base import Reply
from replies.cart import CartSummary
from repository.catalogue.products import Product, Variant


class _Wanted(msgspec.Struct, frozen=True):
    """One of the things: the product, its kind where one is known, pieces, and the words for a kind."""

    product: Product
    variant: Variant | None
    quantity: int
    looks: str

    @property
    def is_open(self) -> bool:
        """Whether it must be asked which kind of it."""
        return bool(self.product.variants) and self.variant is None

    @property
    def line(self) -> tuple[int, int | None, int]:
        """Product, kind and pieces, as they are put into the cart."""
        return self.product.id, self.variant.id if self.variant else None, self.quantity


async def claim_several(state: Here, heard: ClaimsSeveral, turn: Turn) -> Next[Here | Pointed]:
    """Put everything that is named into the cart, and ask for the kind of the one whose kind is not said.

    Where something is not found, or kinds of several are not said, each is searched for instead.
    """
    turn = await spoken_to(heard.text, turn)
    of_one = await _kinds_of(heard, turn)
    wanted = of_one or await _each(heard.wanted, turn)
    found = [one for one in wanted if one]
    unsaid = [one for one in found if one.is_open]
    if len(found) < len(wanted) or len(unsaid) > 1:
        return await answer_text(state, heard.text, turn)
    plain = [one.line for one in found if not one.is_open]
    cart, refused = await put_in_each(state, turn, [*([heard.beside] if heard.beside else []), *plain])
    shown: list[Reply] = [*hello(turn), *refused, *([CartSummary(cart=cart)] if cart else [])]
    if unsaid:
        asked = which_kind_of(state, unsaid[0].product, unsaid[0].quantity, unheard=unsaid[0].looks)
        return replace(asked, replies=[*shown, *asked.replies], language=turn.language)
    return Next(ReviewingCart(), shown, language=turn.language, intent="view_cart")


async def _each(things: Sequence[tuple[int, str]], turn: Turn) -> list[_Wanted | None]:
    """Each thing that is named; what names a kind of the one before is that: "lip tint rosas at kape"."""
    wanted: list[_Wanted | None] = []
    for quantity, said in things:
        before = wanted[-1] if wanted else None
        variant = kind_meant(before.product, said) if before and before.variant else None
        if before and variant and is_all_said(before.product, variant, said):
            wanted.append(_Wanted(before.product, variant, quantity, said))
        else:
            wanted.append(await _one(quantity, said, turn))
    return wanted


async def _kinds_of(heard: ClaimsSeveral, turn: Turn) -> list[_Wanted | None]:
    """All that is named, where each is a kind of the one product on show; else nothing."""
    if not heard.of:
        return []
    product = await product_or_none(heard.of)
    if product is None:
        return []
    meant = [(quantity, said, kind_meant(product, said)) for quantity, said in heard.wanted]
    if not all(variant and is_all_said(product, variant, said) for _, said, variant in meant):
        return []
    return [_Wanted(product, variant, quantity, said) for quantity, said, variant in meant]


async def order_whole(state: Here, heard: GivesAll, turn: Turn) -> Next[Here | Pointed | Ordering]:
    """Put everything into the cart and check out with what was given; ask for a kind where one is not said.

    Where something is not found, what was given is taken all the same, and the things are looked for.
    """
    spoken = await spoken_to(heard.text, turn)
    wanted = [await _one(quantity, said, spoken) for quantity, said in heard.wanted]
    found = [one for one in wanted if one]
    if not found:  # "45 Mabini, ..." is a house in a street
        return await begin_with(state, Gives(text=heard.text), turn)
    unsaid = [one for one in found if one.is_open]
    if len(found) < len(wanted) or len(unsaid) > 1:
        goods = ", ".join(f"{quantity} {said}" for quantity, said in heard.wanted)
        draft = with_whole(turn.draft, whole_in(heard.rest), methods=turn.rules.payment_methods)
        return replace(await answer_text(state, goods, spoken), draft=draft)
    _, refused = await put_in_each(state, spoken, [one.line for one in found if not one.is_open])
    if unsaid:
        asked = which_kind_of(state, unsaid[0].product, unsaid[0].quantity, unheard=unsaid[0].looks)
        draft = with_whole(turn.draft, whole_in(heard.rest), methods=turn.rules.payment_methods)
        choosing = replace(asked.state, buying=True) if isinstance(asked.state, ChoosingVariant) else asked.state
        replies = [*hello(spoken), *refused, *asked.replies]
        return replace(asked, state=choosing, replies=replies, draft=draft, language=spoken.language)
    going_on = await begin_with(state, Gives(text=heard.rest), spoken)
    return replace(going_on, replies=[*refused, *going_on.replies], language=spoken.language)


async def _one(quantity: int, said: str, turn: Turn) -> _Wanted | None:
    """The thing that words name; the last of them may name its kind: "kulambo family"."""
    named, looks = without_looks(said)
    product = await one_named(named, turn) if named else None
    if not isinstance(product, Product) and " " in named:
        named, _, last = named.rpartition(" ")
        product, looks = await one_named(named, turn), f"{last} {looks}".strip()
        if not isinstance(product, Product) or kind_meant(product, looks) is None:
            return None
    if not isinstance(product, Product):
        return None
    variant = kind_meant(product, looks) if looks else None
    return _Wanted(product, variant, quantity, looks)


SEVERAL = Dialog(
    "several things",
    (
        On(ANYWHERE, ClaimsSeveral, claim_several),
        On(ANYWHERE, GivesAll, order_whole),
    ),
)
