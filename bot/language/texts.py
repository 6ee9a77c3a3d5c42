"""Typed texts made comparable, and what short ones mean: yes, no, nothing, a question, which language."""

import re
import unicodedata
from functools import lru_cache


def words_of(text: str) -> frozenset[str]:
    """The words of a text, as a set: lists of many small words stay readable this way."""
    return frozenset(text.split())


_WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_DRAWN_OUT = re.compile(r"(\w)\1+$")  # hellooo
_QUESTION_WORDS = words_of(
    "how what when where why which who hm magkano mgkano magkanu mgkno magkno mgknu ano anong ilan ilang kailan kelan "
    "saan san nasaan nasan paano pano bakit sino alin pwede pwd puwede pwedeng meron mayron mayroon available avail"
    " gaano"
)
_AFTER_SAN = words_of(
    "po ho kayo kau ka ko nyo ninyo niyo yung ung ang na shop store location loc branch banda pwede makikita"
)
_QUESTION_STARTS = (
    "do you", "can i", "can you", "can we", "could you", "is there", "is it", "are you", "are there", "does it",

    "may i", "may free", "may promo", "may discount", "may stock", "may cod", "may bayad", "may warranty",
    "may shipping",
    "tumatanggap", "nagdedeliver", "nagpapadala", "nagship",
)  # fmt: skip
_FILIPINO = words_of(
    "po opo oo hindi wala walang ba mga nyo ninyo niyo kayo kayong magkano mgkano magkanu pwede puwede pwedeng "
    "meron mayroon gusto gustong pabili bibili bumili saan nasaan paano pano salamat kumusta kamusta naman kasi "
    "hanap hinahanap naghahanap yung iyan kailan kelan bakit anong patingin magandang tumatanggap ipadala "
    "magbayad presyo paninda nagtitinda dito doon natin namin nasan asan hulugan tawad sukat kulay sira ibalik palitan "
    "umorder kelangan kailangan nagdedeliver nagpapadala poh pouh powh phow mgkno magkno mgknu nmn nman kyo pbli pabli "
    "pde pede kmusta kmsta slmat slamat"
)
_MAYBE_FILIPINO = words_of(
    "ang ng sa ito ko mo ako lang ano bili maganda umaga hapon gabi padala bayad libre mura benta jan dyan diyan "
    "din rin nga na pa may ho sige ay at"
)
_YES = words_of(
    "yes y yup yep yeah yess oo opo oho sige sge cge go gora ok okay okie oks k confirm confirmed confrim comfirm "
    "sure tama correct agree push g proceed place order"
)
_NO = words_of("no n nope nah hindi hinde hnd di wag huwag ayaw ayoko not")
_NOTHING = words_of("none wala walang nil nothing no pass skip laktaw next")
_PARTICLES = words_of(
    "po poh pouh powh phow ho na nga naman nmn lang lng please pls plz muna "
    "my the it this i ko ako that all ahead thanks thank you yet pa "
    "landmark salamat order"
)
_DONT_KNOW = frozenset(
    {
        "hindi ko alam",
        "di ko alam",
        "d ko alam",
        "hndi ko alam",
        "di ko sure",
        "d ko sure",
        "not sure",
        "ewan",
        "ewan ko",
        "i dont know",
        "idk",
        "n a",
        "na",
        "not applicable",
    }
)
_GREETINGS = words_of(
    "hi hii hello helo hey heyy yo hoy musta kumusta kamusta good morning afternoon evening day gud am pm "
    "magandang umaga hapon gabi tanghali araw noon tao kayo ka there shop admin seller mam maam sir ate kuya hellow "
    "helow kmusta kmsta na kyo kau"
)
_DAYTIMES = {
    "morning": "morning", "umaga": "morning", "tanghali": "noon", "noon": "noon", "afternoon": "afternoon",
    "hapon": "afternoon", "evening": "evening", "gabi": "evening", "day": "day", "araw": "day",
}  # fmt: skip
_POLITE = words_of(
    "thanks thank you ty tnx thx thankyou salamat marami maraming ng nice great good cool wow galing ang haha hahaha "
    "hehe lol bye goodbye ingat paalam wala noted copy god bless much so very"
)
_AROUND_SUBJECT = words_of(
    "po ho opo bang kang pls please plz naman nga na pa ba lang sana muna ko mo nyo ninyo niyo kayo kayong ako "
    "ang yung iyong ung ng sa mga ito iyan yan nito niyan hm how much magkano mgkano magkanu price presyo of the "
    "a an is are for i im me my you your u do does have has any got there can could would will want wanna need "
    "like looking look search find show see buy order get bili bibili pabili bumili hanap hanapin hanapan "
    "hinahanap naghahanap gusto gustong kailangan meron mayron mayroon merong may available avail stock stocks "
    "pwede puwede patingin pakita tingnan hi hello hey sell selling nagbebenta nagtitinda tinda benta ano anong "
    "what which where saan to and with some poh pouh powh phow nmn nman lng mgkno magkno mgknu kyo kau un yng q b bah"
    " pbli pabli pde pede pd pwd mern this that one another eto dalawang isang"
)
_LITTLE = words_of("po ho ba bang naman nga kaya please pls plz lang na pa muna sana mam maam sir ate kuya sis")
_TAKING = words_of(
    "add buy take order bilhin bibilhin kunin kukunin mine pabili orderin options option choose pili pumili avail get"
)
_AROUND_TAKING = words_of(
    "to cart the this that it one i ill will want wanna po ko na nga please pls yes ok sige sa ito nito niyan isa "
    "now a my gusto ng let me ako lang"
)


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """The text in small letters, without accents, punctuation and emoji, with single spaces.

    Args:
        text: Any text.
    """
    bare = "".join(part for part in unicodedata.normalize("NFKD", text) if not unicodedata.combining(part))
    return " ".join(word.replace("’", "").replace("'", "") for word in _WORDS.findall(bare.casefold()))


def tidy(text: str) -> str:
    """The text on one line with single spaces, without control characters.

    Args:
        text: As typed.
    """
    return " ".join("".join(part if part.isprintable() else " " for part in text).split())


def has_words(text: str) -> bool:
    """Whether there is a letter or a digit in it: something to read."""
    return bool(plain(text))


def is_question(text: str) -> bool:
    """Whether it reads like a question, in English, Filipino or a mix of both.

    Args:
        text: As typed.
    """
    if "?" in text:
        return True
    words = plain(text).split()
    if not words:
        return False
    if words[0] == "san" and not _AFTER_SAN & set(words[1:]):
        return "ba" in words[1:]  # San Roque, a saint and no "where"
    return words[0] in _QUESTION_WORDS or "ba" in words[1:] or " ".join(words).startswith(_QUESTION_STARTS)


def is_filipino(text: str) -> bool:
    """Whether it is clearly Filipino or Taglish: a word in it can be nothing else, or three are hardly anything else.

    Args:
        text: As typed.
    """
    words = set(plain(text).split())
    return bool(words & _FILIPINO) or len(words & _MAYBE_FILIPINO) >= 3


def is_yes(text: str) -> bool:
    """Whether the whole text says yes: "yes", "oo", "sige po", "ok confirm"."""
    return _only(text, _YES)


def is_no(text: str) -> bool:
    """Whether the whole text says no: "no", "hindi po", "wag muna"."""
    return _only(text, _NO)


def is_nothing(text: str) -> bool:
    """Whether the whole text says that there is nothing to give: "none", "wala po", "skip"."""
    said = plain(text)
    return said in _DONT_KNOW or _only(text, _NOTHING)


def _only(text: str, meaning: frozenset[str]) -> bool:
    words = plain(text).split()
    return (
        len(words) <= 5
        and any(word in meaning for word in words)
        and all(word in meaning or word in _PARTICLES for word in words)
    )


def is_greeting(text: str) -> bool:
    """Whether the whole text only greets."""
    words = {word if word in _GREETINGS else _DRAWN_OUT.sub(r"\1", word) for word in plain(text).split()}
    return len(words) <= 5 and bool(_GREETINGS & words) and words <= _GREETINGS | _PARTICLES


def daytime(text: str) -> str:
    """The time of day that a greeting names: "morning", "noon", "afternoon", "evening" or "day"; empty for none.

    Args:
        text: What was typed, such as "magandang hapon po".
    """
    return next((_DAYTIMES[word] for word in plain(text).split() if word in _DAYTIMES), "")


def is_polite(text: str) -> bool:
    """Whether the whole text only thanks, agrees or takes its leave: it wants no search."""
    words = plain(text).split()
    polite = (_POLITE | _YES | _NO) - {"order"}
    return len(words) <= 6 and bool(polite & set(words)) and all(word in polite | _PARTICLES for word in words)


def wants_it(text: str) -> bool:
    """Whether the whole text says that what is on show shall be bought: "add to cart", "kunin ko po"."""
    words = set(plain(text).split())
    return len(words) <= 6 and bool(words & _TAKING) and words <= _TAKING | _AROUND_TAKING


def without_particles(text: str) -> str:
    """The text in plain letters, without its polite little words: "pwede po bang ibalik" is "pwede ibalik"."""
    return " ".join(word for word in plain(text).split() if word not in _LITTLE)


def subject(text: str) -> str:
    """What a text is about, without the words that people put around it: "magkano po ang mug?" is about "mug".

    Args:
        text: As typed.

    Returns:
        The words that are left, empty where none is.
    """
    return " ".join(word for word in plain(text).split() if word not in _AROUND_SUBJECT)
