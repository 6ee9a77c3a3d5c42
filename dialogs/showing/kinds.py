"""Which variant of a product a text means: "navy", "white large", "Terracota", "42"."""

from msgspec.structs import replace
from rapidfuzz.distance import OSA

from bot.language.buying.pointing import asks_left
from bot.language.fold import fold, same
from bot.language.lexicon import senses_by_word, words_for
from bot.language.spelling import singular
from bot.language.values.looks import LOOKS, plain_words
from bot.language.values.variants import variant_in
from replies.product import Offer, Variants
from repository.catalogue.products import Product, Variant

_SLIP_LEAST = 5
"""Letters of a word in which a slip is forgiven."""
_SURE = 0.8
"""Of what `variant_in` hears, from which it is taken: a hue such as "dark blue" for navy is."""
_BETWEEN = words_for("small.article", "small.polite", "small.particle", "search.beside_kind")
_NEAR = senses_by_word("near_color")
"""The color that a name comes near to."""
_KINDS = words_for("topic.color", "topic.size", "pointing.size")


def kind_meant(product: Product, said: str, *, sold_out: bool | None = False) -> Variant | None:
    """The one variant that words name: as it is written, by all that it is, by its beginning, with a slip.

    Args:
        product: The product.
        said: What was typed, or what of it may name a variant.
        sold_out: Whether only those are meant that have sold out, and not those in stock; None means all.
    """
    words = _plain(said)
    left = [variant for variant in product.variants if sold_out is None or sold_out is (variant.left <= 0)]
    values = {variant.id: _plain(variant.value) for variant in left}
    exact = [one for one in left if same(one.value, said)]
    if not words:
        return exact[0] if len(exact) == 1 else None
    alike = [one for one in left if sorted(values[one.id]) == sorted(words)]
    inside = [one for one in left if values[one.id] and set(values[one.id]) <= set(words)]
    part = [one for one in left if set(words) <= set(values[one.id])]
    begun = [one for one in left if fold(one.value).startswith(fold(said))]
    slipped = [one for one in left if all(any(_is_slip(word, value) for word in words) for value in values[one.id])]
    found = next((found[0] for found in (exact, alike, inside, part, begun, slipped) if len(found) == 1), None)
    if found is None and (heard := variant_in(said, [one.value for one in left])).index is not None:
        return left[heard.index] if heard.score >= _SURE else None
    return found


def which_kind(product: Product, said: str, *, quantity: int = 1, buying: bool = False) -> Variants:
    """The question which variant: of those that the words fit, where there are some; of all, where they fit none.

    Args:
        product: The product.
        said: What was typed, which names no single one: "L" where there is a white and a navy one.
        quantity: Pieces that are wanted.
        buying: Whether choosing one goes on to checkout.
    """
    fitting = _fitting(product, said)
    if len(fitting) > 1:
        return Variants(product=replace(product, variants=fitting), quantity=quantity, buying=buying)
    return Variants(product=product, unheard=said, quantity=quantity, buying=buying)


def said_of_kind(product: Product, said: str, before: str) -> str:
    """What has been said of a variant by now: "L", and then "navy"; empty where no variant is so.

    Args:
        product: The product.
        said: What was typed.
        before: What was said before.
    """
    together = f"{before} {said}".strip()
    return next((words for words in (together, said) if _fitting(product, words)), "")


def _fitting(product: Product, said: str) -> tuple[Variant, ...]:
    """The variants in stock that have all words of a text."""
    words = set(_plain(said))
    return tuple(one for one in product.variants if one.left > 0 and words and words <= set(_plain(one.value)))


def is_all_said(product: Product, meant: Variant, said: str) -> bool:
    """Whether words name a variant, or the product beside it, and nothing else: no "large blue mug" beside a shirt.

    Args:
        product: The product.
        meant: Its variant that they name.
        said: The words.
    """
    known = {*_plain(meant.value), *(singular(word) for word in fold(product.name).split())}
    others = [word for word in _plain(said) if word not in known and singular(word) not in known]
    return not others or all(any(_is_slip(word, value) for value in _plain(meant.value)) for word in others)


def offer_of(product: Product, variant: Variant | None, quantity: int, *, text: str = "") -> Offer:
    """A product with its kind and number, to be put into the cart; and how many are left, where a text asks.

    Args:
        product: The product.
        variant: Which of its kinds, None for none.
        quantity: Pieces.
        text: What was typed.
    """
    return Offer(
        product_id=product.id,
        product=product.name,
        variant_id=variant.id if variant else None,
        variant=variant.value if variant else "",
        quantity=quantity,
        price=variant.price if variant else product.price,
        left=variant.left if variant else product.left,
        asked=asks_left(text),
    )


def kind_of_it(product: Product, text: str, *, sold_out: bool | None = None) -> Variant | None:
    """The variant that a text names beside the product itself, and nothing else: "bedsheet queen", "bola na green".

    Args:
        product: The product.
        text: What was searched for, without little words.
        sold_out: As for `kind_meant`.
    """
    known = {singular(word) for word in fold(product.name).split()}
    words = (word for word in fold(text).split() if singular(word) not in known)
    said = " ".join(word for word in words if word not in _KINDS and word not in _BETWEEN)
    variant = kind_meant(product, said, sold_out=sold_out) if said else None
    return variant if variant and is_all_said(product, variant, said) else None


def near_kind(product: Product, said: str) -> Variant | None:
    """The one variant in stock that comes near a color which nothing has: cream for white; None where none does.

    Args:
        product: The product.
        said: The words that name the color.
    """
    asked = set(_plain(said))
    near = [
        one for one in product.variants if one.left > 0 and any(_NEAR.get(word) in asked for word in _plain(one.value))
    ]
    return near[0] if len(near) == 1 and len(asked) == 1 else None


def looks_beside(product: Product, text: str) -> str:
    """The colors and sizes that a text names beside a product which comes in kinds, but in none of those.

    Args:
        product: The product.
        text: What was searched for, without little words.
    """
    known = {singular(word) for word in fold(product.name).split()}
    words = (word for word in fold(text).split() if singular(word) not in known)
    said = " ".join(word for word in words if word not in _KINDS and word not in _BETWEEN)
    is_there = not product.variants or not is_look(said) or kind_meant(product, said, sold_out=None)
    return "" if is_there or _fitting(product, said) else said


def kind_instead(product: Product, value: str, said: str) -> Variant | None:
    """The variant that has what was said in place of what a taken one has: "large" of a "Mango, M" is "Mango, L".

    Args:
        product: The product.
        value: The taken variant, such as "Color and size: Mango, M".
        said: What was typed.
    """
    words, taken = set(_plain(said)), set(_plain(value.rpartition(": ")[2]))
    fitting = [one for one in product.variants if one.left > 0 and words and words <= set(_plain(one.value))]
    alike = [len(taken & set(_plain(one.value))) for one in fitting]
    best = [one for one, count in zip(fitting, alike, strict=True) if count == max(alike)]
    return best[0] if len(best) == 1 and max(alike) else None


def is_look(said: str) -> bool:
    """Whether words name nothing but colors and sizes."""
    words = fold(said).split()
    return bool(words) and all(word in LOOKS or (word.isdigit() and len(word) < 3) for word in words)


def without_looks(said: str) -> tuple[str, str]:
    """The words that name a thing, and those that name a color or a size, each in order.

    Args:
        said: Such as "tshirt black l".
    """
    words = fold(said).split()
    looks = [word for word in words if is_look(word)]
    named = (word for word in words if word not in looks and word not in _KINDS)
    return " ".join(named), " ".join(looks)


def _plain(text: str) -> list[str]:
    """The words of a text, each color and size in the one way in which variants are compared."""
    return plain_words(text)


def _is_slip(word: str, meant: str) -> bool:
    if word == meant:
        return True
    most = 1 if len(meant) < 8 else 2
    return len(meant) >= _SLIP_LEAST and word[:1] == meant[:1] and OSA.distance(word, meant, score_cutoff=most) <= most
