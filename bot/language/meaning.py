"""What a question is about, whatever words it is asked in: "san po shop nyo" and "where are you located" are alike.

A merchant's keyword answers a question that means the same. Both are taken apart into concepts, such as where, pay or
return, in English, Filipino and Taglish; words that no concept knows stand for themselves.
"""

from collections.abc import Mapping
from functools import lru_cache

import msgspec
from rapidfuzz.distance import OSA

from bot.language.spelling import FILLERS, plain_words, singular

TEXT_MOST = 300
"""Letters of a text that are looked at."""
_FUZZY_LEAST = 7
"""Letters of a word in which a slip is forgiven: shorter ones are too often another word."""

_WORDS: Mapping[str, str] = {
    "where": "where saan san nasaan nasan asan",
    "when": "when kelan kailan",
    "how": "how paano pano papaano papano",
    "shop": "kayo kau nyo ninyo niyo shop shops store stores tindahan branch branches seller you your u ur yours",
    "location": "location located loc lokasyon taga physical visit pumunta puntahan",
    "address": "address addresses adress addres tirahan",
    "hours": "open opening hours oras close closing closed sarado nagbubukas nagsasara sched schedule",
    "shipping": "shipping ship deliver delivery deliveries sf padala ipadala nagpapadala freight courier lbc jnt j&t"
    " shipment shipments shipped delivered delivering",
    "duration": "days araw katagal gaano gano eta weeks",
    "arrive": "arrive arrives arrival dating darating dumating dadating dumadating receive received makukuha"
    " matanggap matatanggap natanggap reach expect",
    "area": "nationwide province provinces probinsya pincode",
    "abroad": "abroad overseas international ofw",
    "pickup": "pickup meetup walkin",
    "sameday": "sameday",
    "free": "free libre",
    "pay": "pay paying payment payments bayad bayaran magbayad pagbayad babayaran mop maya paymaya",
    "cod": "cod",
    "gcash": "gcash gkash",
    "card": "creditcard debitcard",
    "installment": "installment installments hulugan hulog hulughulugan utang paylater",
    "trust": "legit legitimate scam scammer trusted trust trustworthy fraud budol bogus",
    "original": "original originals orig authentic authenticity genuine fake peke",
    "return": "return returns returned returning ibalik isauli balik",
    "refund": "refund refunds refunded moneyback rebate reimburse reimbursed reimbursement compensation",
    "exchange": "exchange exchanges palit palitan papalitan papalit replace replaced replacement replacements",
    "damaged": "damaged damage sira nasira broken broke defective defect depekto basag tampered expired",
    "wrong": "wrong mali maling kulang missing incomplete",
    "warranty": "warranty warranties garantiya guarantee",
    "bargain": "tawad discount discounts bawas lastprice sale less promo promos voucher vouchers",
    "color": "color colors colour colours kulay",
    "size": "size sizes sukat measurement measurements",
    "stock": "stock stocks available avail availability onhand meron mayron mayroon restock instock",
    "price": "magkano mgkano magkanu hm presyo price prices fee fees cost costs",
    "order": "order orders ordering ordered umorder bumili bibili buy purchase purchases orderin oorder parcel package",
    "cancel": "cancel cancelled canceled cancellation kansela kanselahin",
    "change": "change changing edit update modify correct baguhin ibahin",
    "wholesale": "wholesale bulk maramihan pakyaw bultuhan",
    "resell": "reseller resellers resell dropship distributor dealership franchise",
    "person": "person human agent admin representative staff operator makausap kausap kausapin support assist"
    " complain complaint complaints reklamo reclamation executive",
    "contact": "contact call callcenter hotline cellphone phonenumber",
    "problem": "problem problems problema issue issues error errors failed deducted",
    "bot": "bot robot",
}
_PHRASES: Mapping[str, str] = {
    "how much": "magkano",
    "how long": "katagal",
    "how soon": "katagal",
    "phone number": "phonenumber",
    "contact number": "phonenumber",
    "call center": "callcenter",
    "call centre": "callcenter",
    "last price": "lastprice",
    "pick up": "pickup",
    "meet up": "meetup",
    "walk in": "walkin",
    "same day": "sameday",
    "cash on delivery": "cod",
    "cash on deliver": "cod",
    "bayad pagdating": "cod",
    "bayad pag dating": "cod",
    "bayaran pagdating": "cod",
    "bayaran pag dating": "cod",
    "g cash": "gcash",
    "credit card": "creditcard",
    "debit card": "debitcard",
    "bank transfer": "paymaya",
    "pay later": "paylater",
    "mode of payment": "mop",
    "modes of payment": "mop",
    "money back": "moneyback",
    "ibalik ang bayad": "moneyback",
    "ibalik ang pera": "moneyback",
    "on hand": "onhand",
    "in stock": "instock",
    "customer service": "agent",
    "customer care": "agent",
    "talk to": "kausap",
    "speak to": "kausap",
    "speak with": "kausap",
    "chat with": "kausap",
    "j t": "jnt",
}
_FAMILIES = (
    frozenset({"return", "refund", "exchange", "damaged"}),
    frozenset({"wrong", "damaged"}),
    frozenset({"trust", "original"}),
    frozenset({"pay", "card", "installment"}),
    frozenset({"duration", "when"}),
    frozenset({"shipping", "arrive"}),
    frozenset({"contact", "person"}),
)
"""Concepts that are near enough to be answered by one another where nothing nearer is there."""
LITTLE = frozenset({"where", "when", "how", "shop", "free"})
"""Concepts that mean nothing alone."""
_FIRM = """
    shipping abroad pickup sameday pay cod gcash installment trust original return refund exchange damaged warranty
    wholesale resell cancel person
"""
FIRM = frozenset(_FIRM.split())
"""Concepts that a text is about whatever else it names; any other counts only where nothing else is named."""
_OTHER = frozenset({"change", "exchange", "wrong"})
"""Concepts with which an address is one that shall be another."""
_HERS = frozenset({"same", "my", "ko", "koh", "namin", "old", "new", "this", "dati"})
"""Words that say that an address is the shopper's."""
_NEED_SHOP = {"bukas": "hours", "time": "hours", "number": "contact"}
"""Words that have the meaning only of a shop: "bukas" is also tomorrow."""
_PLACES = frozenset({"store", "stores", "tindahan", "branch", "branches"})
"""Words for a shop that can be walked into."""
_EMPTY = """
    accept accepted accepts after akin alin aling allowed amin ano anong any ask asking assistance ate atin back
    bago bakit before bes biyernes boss buwan center centre chart check checking come coming customer dear detail
    details different dito diyan doon dyan few friday gamit getting going gusto gustong guys haha hanggang hehe help
    hindi holiday holidays huwebes iba ibang ilan ilang info information inyo item items jan kahapon kailangan
    kanina kapag kasi kaya kindly kung kuya lahat let linggo list lunes maam mag mam mamsh martes method methods
    miyerkules modalities modality mode modes monday month months nag namin natin ngayon nito noong now nung okay
    one ones online option options out pag pagkatapos place placing policies policy possible product products query
    question questions regarding related sabado salamat saturday send sending sent several sige sino sis some soon
    sunday talaga tanong team thank thanks thing things thursday today tomorrow tuesday tulong under up usually wag
    whats wala walang way ways wednesday weekend weekends
"""
STOP = FILLERS | frozenset(_EMPTY.split())
"""Words that name nothing: around products too, and such as "items" and "policy" around questions."""
_PREFIXES = ("nagpapa", "magpapa", "nakaka", "makaka", "nagpa", "magpa", "naka", "maka", "paki", "pinag", "pag", "nag",
             "mag", "mai", "nai", "ipa", "ima", "ina", "na", "ma", "pa", "pi", "in", "um", "i")  # fmt: skip
_CONCEPT = {word: concept for concept, words in _WORDS.items() for word in words.split()}
_LONG = tuple(word for word in _CONCEPT if len(word) >= _FUZZY_LEAST)
_NOT_MEANT = frozenset({"shopping", "ordinary", "pricing", "sharing", "chipping"})
"""Words that are a slip away from one of a concept and mean something else."""


class Meaning(msgspec.Struct, frozen=True):
    """What a text is about.

    Attributes:
        concepts: What it speaks of, such as "where" and "shop".
        rest: The words that no concept knows, of a product for example, in order.
    """

    concepts: frozenset[str]
    rest: tuple[str, ...]

    @property
    def is_clear(self) -> bool:
        """Whether it speaks of something that a shop is asked, and of nothing else."""
        return bool(self.concepts - LITTLE) and (not self.rest or bool(self.concepts & FIRM))


@lru_cache(maxsize=4096)
def meaning(text: str) -> Meaning:
    """What a text is about.

    Args:
        text: What was typed, or a merchant's keyword.
    """
    said = f" {' '.join(plain_words(text[:TEXT_MOST]))} "
    for phrase, word in _PHRASES.items():
        said = said.replace(f" {phrase} ", f" {word} ")
    words = said.split()
    found: set[str] = set()
    rest: list[str] = []
    for word in words:
        if concept := _concept(word):
            found.add(concept)
        elif word not in STOP and word not in _NEED_SHOP and len(word) > 1:
            rest.append(word)
    if "shop" in found:
        found |= {concept for word, concept in _NEED_SHOP.items() if word in words}
        if not found - {"where", "shop"} and ("where" in found or _PLACES & set(words)):
            found = {"location"}
    if "address" in found:
        found = _whose_address(found, alone=not rest and not _HERS & set(words))
    return Meaning(frozenset(found), tuple(dict.fromkeys(rest)))


def _whose_address(found: set[str], *, alone: bool) -> set[str]:
    """The concepts of a text about an address: the shop's own, or another one for an order; else as they are."""
    if found & _OTHER:
        return found - _OTHER - {"address"} | {"new address"}
    if found & {"where", "shop"} or (alone and found == {"address"}):
        return found - {"where", "address"} | {"location"}
    return found


def likeness(asked: Meaning, keyword: Meaning) -> float:
    """How well what a keyword is about answers what was asked; 0 where it does not.

    Args:
        asked: What the shopper's text is about.
        keyword: What the merchant's keyword is about.
    """
    wanted = keyword.concepts - {"shop"} or keyword.concepts
    if not (wanted - LITTLE or keyword.rest) or not set(keyword.rest) <= set(asked.rest):
        return 0
    if "problem" in asked.concepts - wanted:
        return 0
    score = len(keyword.rest) + 0.0
    for concept in wanted - asked.concepts - {"how"}:
        if not any(concept in family and family & asked.concepts for family in _FAMILIES):
            return 0
        score -= 0.5
    if set(asked.rest) - set(keyword.rest) and not (wanted & asked.concepts & FIRM or keyword.rest):
        return 0
    score += sum(map(_weight, wanted)) - sum(map(_weight, asked.concepts - wanted - {"shop"})) / 2
    return max(0.01, score)


def _weight(concept: str) -> float:
    """How much a concept says about what is asked."""
    return 0.4 if concept in LITTLE else 1.5 if concept in FIRM else 1.0


@lru_cache(maxsize=4096)
def _concept(word: str) -> str:
    """The concept that a word stands for: as it is, without an affix, or but for a slip; empty where it is none."""
    if found := _CONCEPT.get(word) or _CONCEPT.get(singular(word)):
        return found
    if word in STOP or word in _NOT_MEANT:
        return ""
    for prefix in ("", *_PREFIXES):
        bare = word.removeprefix(prefix)
        if len(bare) >= 4 and (bare != word or not prefix):
            # "oorder", "nagdedeliver": the first syllable is said twice.
            once = bare[1:] if bare[0] == bare[1] else bare[2:] if bare[:2] == bare[2:4] else bare
            if found := _CONCEPT.get(bare) or _CONCEPT.get(once):
                return found
    if len(word) >= _FUZZY_LEAST:
        for known in _LONG:
            if known[0] == word[0] and OSA.distance(word, known, score_cutoff=1) <= 1:
                return _CONCEPT[known]
    return ""
