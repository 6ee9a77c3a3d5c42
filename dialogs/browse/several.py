"""Several things taken by their names with one message: those that are plain are put into the cart together."""

from msgspec.structs import replace

from bot.language.buying.whole import whole_in
from bot.language.fold import fold
from bot.language.spelling import singular
from dialogs.browse.named import Pointed, Wanted, product_or_none, put_all, thing_named, which_kind_of
from dialogs.checkout.draft import with_whole
from dialogs.checkout.given import begin_with
from dialogs.engine.claimed import ClaimsSeveral, Gives, GivesAll
from dialogs.engine.run import Next, Turn
from dialogs.engine.state import Here
from dialogs.engine.table import ANYWHERE, Dialog, On
from dialogs.showing.adding import origin_of, put_in_each
from dialogs.showing.answering import answer_text
from dialogs.showing.answers import hello, spoken_to
from dialogs.showing.kinds import is_all_said, kind_meant, without_looks
from dialogs.states import Ordering
from dialogs.states_looking import ChoosingVariant, Searching
from repository.catalogue.products import Product, Variant


async def claim_several(state: Here, heard: ClaimsSeveral, turn: Turn) -> Next[Here | Pointed]:
    """Put everything that is named into the cart, and ask for the kind of what comes in several.

    What is not found, or is several things, is looked for; where nothing is found, the text is answered as any.
    """
    turn = await spoken_to(heard.text, turn)
    of_one = await _kinds_of(heard, turn)
    wanted = of_one or await _each(state, heard, turn)
    missed = [said for one, (_, said) in zip(wanted, heard.wanted, strict=True) if one is None]
    if len(missed) == len(wanted):
        return await answer_text(state, heard.text, turn)
    told = await put_all(state, [one for one in wanted if one], missed, turn, beside=heard.beside)
    return replace(told, replies=[*hello(turn), *told.replies], language=turn.language)


async def _each(state: Here, heard: ClaimsSeveral, turn: Turn) -> list[Wanted | None]:
    """Each thing that is named or pointed at; what names a kind of the one before is that: "lip tint rosas at kape"."""
    origin = origin_of(state)
    searched = without_looks(origin.text)[1] if isinstance(origin, Searching) else ""
    only = await product_or_none(heard.of[0]) if len(heard.of) == 1 else None
    wanted: list[Wanted | None] = []
    for (quantity, said), shown in zip(heard.wanted, heard.shown or (0,) * len(heard.wanted), strict=True):
        before = wanted[-1] if wanted else None
        variant = kind_meant(before.product, said) if before and before.variant else None
        if shown:
            product = await product_or_none(shown)
            kind = kind_meant(product, said or searched) if product and (said or searched) else None
            wanted.append(Wanted(product, kind, quantity, said) if product else None)
        elif before and variant and is_all_said(before.product, variant, said):
            wanted.append(Wanted(before.product, variant, quantity, said))
        elif only and _only_kind(only, said):
            wanted.append(Wanted(only, _only_kind(only, said), quantity, said))
        else:
            wanted.append(await thing_named(quantity, said, turn))
    return wanted


def _is_named(product: Product, heard: ClaimsSeveral) -> bool:
    """Whether a part names the product itself."""
    name = {singular(word) for word in fold(product.name).split()}
    return any(singular(word) in name for _, said in heard.wanted for word in fold(said).split())


def _only_kind(product: Product, said: str) -> Variant | None:
    """The kind that words name of a product, and nothing else."""
    variant = kind_meant(product, said)
    return variant if variant and is_all_said(product, variant, said) else None


async def _kinds_of(heard: ClaimsSeveral, turn: Turn) -> list[Wanted | None]:
    """All that is named, where each is a kind of the same product on show, and of one only; else nothing."""
    fitting: list[list[Wanted | None]] = []
    for product_id in heard.of if not heard.shown else ():
        product = await product_or_none(product_id)
        if product is None or not product.variants or (len(heard.of) > 1 and _is_named(product, heard)):
            continue  # "2 navy, 1 teal na tumbler" below mugs and tumblers is of two things
        meant = [(quantity, said, _only_kind(product, said)) for quantity, said in heard.wanted]
        if all(variant for _, _, variant in meant):
            fitting.append([Wanted(product, variant, quantity, said) for quantity, said, variant in meant])
    return fitting[0] if len(fitting) == 1 else []


async def order_whole(state: Here, heard: GivesAll, turn: Turn) -> Next[Here | Pointed | Ordering]:
    """Put everything into the cart and check out with what was given; ask for a kind where one is not said.

    Where something is not found, what was given is taken all the same, and the things are looked for.
    """
    spoken = await spoken_to(heard.text, turn)
    wanted = [await thing_named(quantity, said, spoken) for quantity, said in heard.wanted]
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


SEVERAL = Dialog(
    "several things",
    (
        On(ANYWHERE, ClaimsSeveral, claim_several),
        On(ANYWHERE, GivesAll, order_whole),
    ),
)
