"""Values as shoppers type them, in English, Filipino, Taglish and Cebuano: phones, numbers, prices, yes and no."""

from collections.abc import Mapping
from decimal import Decimal

import pytest

from bot.language.phones import odd_phone_in, phone_in
from bot.language.quantities import Amount, amount_in, number_in
from bot.language.texts import is_no, is_yes
from bot.language.values.money import Limits, limits_in
from tests.support.workers.rows import rows

PHONES: Mapping[str, str | None] = {
    '0917 123 4567': '+639171234567', 'o917 123 4567': '+639171234567', '0917.123.4567': '+639171234567',
    '(0917) 1234567': '+639171234567', '63 917 1234567': '+639171234567', '+63917-1234567 po': '+639171234567',
    '9171234567': '+639171234567', 'cp no. 09171234567 hanap mo si Ana': '+639171234567',
    '0917 123 4567 / 0928 555 0143': '+639171234567', '0917sandali': None, '0917 teka lang': None,
    '0917 ask ko muna': None, '0917 123': None, 'Brgy 178 Camarin Caloocan': None, 'Unit 917 1234 Tower 5': None,
    'Blk 12 Lot 45 Phase 3 Brgy 176 1428': None, 'Ana Cruz, 45 Mabini St, Brgy 123, Tondo, Manila 1012': None,
    'SSS 34-1234567-8': None, 'TIN 123-456-789-000': None, '11-30-2026': None, '2026-11-30 9am': None,
    'ref 3001 234 567890': None, 'order 09171234567890123': None, '1-800-10-8888888': None, '1800 1888 1234': None,
    '+1 415 555 0142': None, 'Brgy 5 0917 123 4567': '+639171234567', '0917 123 4567 5pm onwards': '+639171234567',
    '0917-123-4567 9am to 5pm': '+639171234567', '02 8123 4567': '+63281234567', '(032) 234 5678': '+63322345678',
    '8-7000': None, '₱1,500.00 0917 123 4567': '+639171234567', '+63 (917) 123 4567': '+639171234567',
    '０９１７１２３４５６７': '+639171234567', '0 9 1 7 1 2 3 4 5 6 7': '+639171234567',
}  # fmt: skip
ODD_PHONES: Mapping[str, str] = {
    '0913 123 4567': '+639131234567', '0941-555-0188': '+639415550188', '0904 123 4567 po': '+639041234567',
}  # fmt: skip
NUMBERS: Mapping[str, int | None] = {
    'bente': 20, 'twenty': 20, 'labing dalawa': 12, 'kinse po': 15, 'a pair': 2, 'dalawang pares': 4,
    'isang dosena': 12, 'kalahating dosena': 6, 'half dozen': 6, 'tatlo po sana': 3, '3pcs': 3, 'x4': 4, '4x': 4,
    'mga lima': 5, 'limang piraso lang po': 5, 'bente singko': 25, 'twenty five': 25, "dalawampu't lima": 25,
    'trenta': 30, 'otso': 8, 'nwebe': 9, 'sais': 6, 'siyete': 7, 'desi otso': 18, 'one hundred': 100,
    'isang daan': 100, 'isandaan': 100, 'dos': 2, 'tig isa': 1, 'usa': 1, 'duha': 2, 'napulo': 10,
    'just one please': 1, '2 lang muna': 2, '-3': None, '1/2 dozen': 6, 'two dozen': 24, 'several': None,
    'marami': None, 'hindi ko alam': None, 'dlawa': 2, 'twoo': 2, 'thre': 3, 'tatlu': 3, 'lmang': 5,
}  # fmt: skip
AMOUNTS: Mapping[str, tuple[int, bool] | None] = {
    '2 more': (2, True), '+1': (1, True), 'isa pa': (1, True), 'isa pa po nito': (1, True), 'dalawa pa po': (2, True),
    'gawin mong 3': (3, False), 'gawin nyong tatlo po': (3, False), 'gawing lima': (5, False),
    'make it 4 please': (4, False), '3 na lang': (3, False), 'tatlo na lang po': (3, False), 'another one': (1, True),
    'one more please': (1, True), 'add 2': (2, True), 'dagdagan mo ng 2': (2, True), 'padagdag po ng isa': (1, True),
    'change to 2': (2, False), 'total of 5': (5, False), 'lahat 6 na': (6, False), '-2 more': None, '-1': None,
    '- 1': None, 'pa': None, '10 all in all': (10, False), 'bale 3 lahat': (3, False), '5 instead': (5, False),
    'gawin 2': (2, False), '2 nalang pala': (2, False),
}  # fmt: skip
PRICES: Mapping[str, tuple[int, int | None, str] | None] = {
    'speaker below 1k': (0, 1000, 'speaker'), 'bag under 300': (0, 300, 'bag'), 'shoes 300-500': (300, 500, 'shoes'),
    'fan na 500 to 600': (500, 600, 'fan'), 'pang regalo budget 500': (0, 500, ''),
    'earphones na less than 1.5k': (0, 1500, 'earphones'),
    'rice cooker na hindi lalampas sa 2k': (0, 2000, 'rice cooker'), 'relo 1k-2k': (1000, 2000, 'relo'),
    'bag 1-2k': (1000, 2000, 'bag'), 'payong na 200 pababa': (0, 200, 'payong'),
    'something around ₱400': (320, 480, ''), 'tumbler p500 and below': (0, 500, 'tumbler'),
    'chair php 1,500 max': (0, 1500, 'chair'), 'gift worth 1000': (800, 1200, ''),
    'lampas 500 na bag': (500, None, 'bag'), 'bag mahigit 1000': (1000, None, 'bag'),
    'kettle wala pang 1000': (0, 1000, 'kettle'), '1000 pataas na bag': (1000, None, 'bag'),
    'bag between 500 and 800': (500, 800, 'bag'), 'tig 100 na tsinelas': (80, 120, 'tsinelas'),
    'charger na pasok sa 200': (0, 200, 'charger'), 'sub 500 earphones': (0, 500, 'earphones'),
    'tumbler 500 lang budget ko': (0, 500, 'tumbler'), 'size 38-40': None, 'size 8 to 9 na sapatos': None,
    'iphone 15': None, 'bag': None, '0917-123-4567': None, '2-3 days delivery': None, '500ml tumbler': None,
    '5-10 watts bulb': None, 'tablecloth 60 to 72 inches': None, '300 to 500 ml na baso': None,
}  # fmt: skip
YES = [
    'yes', 'oo', 'opo', 'sige po', 'ok na ok', 'go na po', 'yes na yes', 'oo tama lahat', 'tama po lahat',
    'yup correct', 'confirm po', 'okay confirm na', 'sure na po', 'push na po', 'g', 'gora', 'opo tama po',
    'oo sige na', 'yez', 'yess po', 'ok po ituloy na', 'ituloy na po', 'proceed po', 'oo naman', 'sige lang',
    'yes pls', 'looks good', 'all good', 'ayos na po', "yes that's right", 'okay po go', 'ok lang po', 'aprub',
    'oo order na', 'tuloy na po', 'yes tuloy po', '👌 oo', 'sige sige', 'oo oo', 'okay na yan', 'tama yan', 'pwede na',
    'pwede na po yan',
]  # fmt: skip
NO = [
    'no', 'hindi', 'hindi po', 'wag', 'wag muna', 'huwag na lang po', 'ayoko', 'ayaw ko na', 'nope', 'nah', 'no po',
    'not yet', 'di pa po', 'hindi muna', 'wag na muna', 'no thanks', 'ayaw', 'dili', 'dili lang', 'hindi na po',
    'di na', 'ayoko pala', 'no thank you po',
]  # fmt: skip
NEITHER = [
    'ok later', 'sige later na lang', 'sige mamaya', 'oo mamaya na', 'ok next time', 'yes next time', 'order later',
    'sige bukas na lang', 'ok sana', 'sige sana kaso', 'yes?', 'ok?', 'sure ba?', 'oo ba', 'tama ba?', 'ok ba to',
    'pwede ba?', 'sige pag-isipan ko', 'right?', 'k lang ba', 'yes but', 'oo kaso', 'oo hindi', 'yes no', 'order',
    'ok wait', 'sige wait', 'oo teka', 'sure, not now', 'not sure', 'di sure', 'hindi tama', 'not correct', 'not ok',
    'hindi ok', 'di tama', 'no good', 'hindi po tama', 'not right', 'mali', 'tama na', 'ok na ako salamat',
    'okay fine later', 'yes in time', 'order status', 'my order', 'order ko', 'place', 'go back', 'right address?',
    'perfect time', 'yes cancel', 'oo cancel na', 'sige cancel', 'ok cancel po', 'go cancel', 'no problem',
    'ok not yet', 'sige muna', 'oo muna', 'wag ka mag alala', 'thats all thanks', 'yes later', 'ok time',
    'sige next year',
]  # fmt: skip


@rows("text", PHONES)
def test_phones(text: str) -> None:
    assert phone_in(text) == PHONES[text]


@pytest.mark.parametrize("text", ODD_PHONES)
def test_phones_that_begin_as_none_does(text: str) -> None:
    assert phone_in(text) is None
    assert odd_phone_in(text) == ODD_PHONES[text]


@rows("text", NUMBERS)
def test_numbers(text: str) -> None:
    assert number_in(text) == NUMBERS[text]


@rows("text", AMOUNTS)
def test_amounts(text: str) -> None:
    wanted = AMOUNTS[text]
    assert amount_in(text) == (wanted and Amount(*wanted))


@rows("text", PRICES)
def test_prices(text: str) -> None:
    wanted = PRICES[text]
    if wanted is None:
        assert limits_in(text) is None
    else:
        least, most, about = wanted
        assert limits_in(text) == Limits(Decimal(least), None if most is None else Decimal(most), about)


@rows("text", YES)
def test_a_yes_for_now(text: str) -> None:
    assert is_yes(text)
    assert not is_no(text)


@rows("text", NO)
def test_a_no(text: str) -> None:
    assert is_no(text)
    assert not is_yes(text)


@rows("text", NEITHER)
def test_what_only_looks_like_a_yes_places_nothing(text: str) -> None:
    assert not is_yes(text)
