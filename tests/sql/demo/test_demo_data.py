"""What the files of the demo shop promise, checked without a database."""

import re
from collections import Counter
from decimal import Decimal

import msgspec
import pytest

from bot.language.fold import fold_signs
from bot.language.phrases.filling import filling_problem
from repository.wording.attached import Attached, choices_problem, written
from repository.workshop import demo

CATEGORIES = demo.lines("categories")
BRANDS = demo.lines("brands")
PRODUCTS = demo.lines("products")
VARIANTS = demo.lines("variants")
ZONES = demo.lines("shipping_zones")
PLACES = demo.lines("shipping_zone_places")
PROMOS = demo.lines("promos")
SCOPES = demo.lines("promo_products")
REPLIES = demo.lines("chatbot_replies")

SKUS = {line["sku"] for line in PRODUCTS}
WITH_VARIANTS = {line["sku"] for line in VARIANTS}

# The 82 provinces by region (Philippine Standard Geographic Code, 2025).
PROVINCES = {
    "CAR": "Abra, Apayao, Benguet, Ifugao, Kalinga, Mountain Province",
    "I": "Ilocos Norte, Ilocos Sur, La Union, Pangasinan",
    "II": "Batanes, Cagayan, Isabela, Nueva Vizcaya, Quirino",
    "III": "Aurora, Bataan, Bulacan, Nueva Ecija, Pampanga, Tarlac, Zambales",
    "IV-A": "Batangas, Cavite, Laguna, Quezon, Rizal",
    "IV-B": "Marinduque, Occidental Mindoro, Oriental Mindoro, Palawan, Romblon",
    "V": "Albay, Camarines Norte, Camarines Sur, Catanduanes, Masbate, Sorsogon",
    "VI": "Aklan, Antique, Capiz, Guimaras, Iloilo",
    "NIR": "Negros Occidental, Negros Oriental, Siquijor",
    "VII": "Bohol, Cebu",
    "VIII": "Biliran, Eastern Samar, Leyte, Northern Samar, Samar, Southern Leyte",
    "IX": "Sulu, Zamboanga Sibugay, Zamboanga del Norte, Zamboanga del Sur",
    "X": "Bukidnon, Camiguin, Lanao del Norte, Misamis Occidental, Misamis Oriental",
    "XI": "Davao Occidental, Davao Oriental, Davao de Oro, Davao del Norte, Davao del Sur",
    "XII": "Cotabato, Sarangani, South Cotabato, Sultan Kudarat",
    "XIII": "Agusan del Norte, Agusan del Sur, Dinagat Islands, Surigao del Norte, Surigao del Sur",
    "BARMM": "Basilan, Lanao del Sur, Maguindanao del Norte, Maguindanao del Sur, Tawi-Tawi",
}
METRO_MANILA = (
    "Caloocan, Las Piñas, Makati, Malabon, Mandaluyong, Manila, Marikina, Muntinlupa, Navotas, Parañaque, Pasay, Pasig,"
    " Pateros, Quezon City, San Juan, Taguig, Valenzuela"
)


def repeated(values: list[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


def test_the_shop_has_about_120_products_in_a_dozen_shelves() -> None:
    assert 115 <= len(PRODUCTS) <= 130
    assert 12 <= len({line["category"] for line in PRODUCTS}) <= 14


def test_keys_are_unique() -> None:
    assert repeated([line["sku"] for line in PRODUCTS]) == []
    assert repeated([line["slug"] for line in PRODUCTS]) == []
    assert repeated([line["slug"] for line in CATEGORIES]) == []
    assert repeated([line["slug"] for line in BRANDS]) == []
    assert repeated([line["promo_code"] for line in PROMOS]) == []
    assert repeated([f"{v['sku']} {v['variant_name']} {v['variant_value']}".casefold() for v in VARIANTS]) == []
    assert repeated([v["sku"] + v["sku_suffix"] for v in VARIANTS]) == []


def test_every_category_comes_after_its_parent_and_has_goods_in_it_or_below() -> None:
    seen: set[str] = set()
    for line in CATEGORIES:
        assert not line["parent"] or line["parent"] in seen, line["slug"]
        seen.add(line["slug"])
        assert len(line["icon_emoji"]) <= 10
        assert len(line["name"]) <= 30, "a category's name may stand in a persistent menu"
    used = {line["category"] for line in PRODUCTS}
    parents = {line["parent"] for line in CATEGORIES if line["slug"] in used}
    assert used | parents - {""} == seen


@pytest.mark.parametrize("line", PRODUCTS, ids=lambda line: line["sku"])
def test_a_product_is_complete_and_fits_its_card(line: dict[str, str]) -> None:
    assert line["category"] in {category["slug"] for category in CATEGORIES}
    assert line["brand"] in {brand["slug"] for brand in BRANDS}
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", line["slug"])
    assert 0 < Decimal(line["cost_price"]) < Decimal(line["base_price"]) < 1000
    assert 0 < Decimal(line["weight_kg"]) < 10
    assert int(line["stock_quantity"]) >= 0
    assert len(line["name"]) <= 80
    first_sentence = re.split(r"(?<=[.?!]) ", line["description"])[0]
    assert len(first_sentence) <= 80, "it is the card's subtitle"
    assert len(line["dimensions_cm"]) <= 50
    facts = demo.specifications(line["specifications"])
    assert len(facts) >= 2
    assert all(name and value for name, value in facts.items())


def test_stock_is_kept_by_variant_where_there_are_any() -> None:
    assert WITH_VARIANTS <= SKUS
    for line in PRODUCTS:
        assert line["sku"] not in WITH_VARIANTS or line["stock_quantity"] == "0", line["sku"]
    for variant in VARIANTS:
        assert int(variant["stock_quantity"]) >= 0
        assert Decimal(variant["price_adjustment"]) >= 0
        assert len(variant["variant_value"]) <= 20, "it is a quick reply's title"
    assert max(Counter(variant["sku"] for variant in VARIANTS).values()) <= 11, (
        "13 quick replies, two of them for leaving"
    )


def test_some_goods_are_low_and_a_few_sold_out() -> None:
    stocks = [int(line["stock_quantity"]) for line in PRODUCTS if line["sku"] not in WITH_VARIANTS]
    stocks += [int(variant["stock_quantity"]) for variant in VARIANTS]
    assert 4 <= stocks.count(0) <= 15
    assert sum(0 < stock <= 5 for stock in stocks) >= 10


def test_every_province_and_every_city_of_metro_manila_is_covered_once() -> None:
    provinces = {name for names in PROVINCES.values() for name in names.split(", ")}
    assert len(provinces) == 82
    assert sorted(line["place"] for line in PLACES if line["kind"] == "province") == sorted(provinces)
    metro = [line["place"] for line in PLACES if line["kind"] == "city" and line["zone_name"] == "Metro Manila"]
    assert sorted(metro) == sorted(METRO_MANILA.split(", "))
    assert repeated([line["place"].casefold() for line in PLACES]) == []
    assert {line["zone_name"] for line in PLACES} == {line["zone_name"] for line in ZONES}


def test_zones_are_of_the_kinds_that_the_shop_knows() -> None:
    assert {line["zone_type"] for line in ZONES} == {"metro", "provincial", "island", "international"}
    for line in ZONES:
        assert 0 < Decimal(line["base_fee"]) < Decimal(line["free_shipping_threshold"])
        assert re.fullmatch(r"\d+-\d+ days", line["estimated_days"])


def test_promos_are_of_every_type_and_about_goods_that_exist() -> None:
    assert {line["promo_type"] for line in PROMOS} == {"percentage", "fixed_amount", "free_shipping", "bundle"}
    live = [line for line in PROMOS if int(line["starts_in_days"]) < 0 < int(line["ends_in_days"])]
    assert len(live) >= 5
    for line in PROMOS:
        assert int(line["starts_in_days"]) < int(line["ends_in_days"])
        assert (line["promo_type"] == "free_shipping") == (not line["discount_value"])
        assert re.fullmatch(r"[A-Z0-9]{4,15}", line["promo_code"])
        assert len(line["title"]) <= 80
    assert {scope["sku"] for scope in SCOPES} <= SKUS
    bundles = {line["promo_code"] for line in PROMOS if line["promo_type"] == "bundle"}
    sizes = Counter(scope["promo_code"] for scope in SCOPES)
    assert all(sizes[code] >= 2 for code in bundles)


@pytest.mark.parametrize("language", ["en", "fil"])
def test_keywords_are_unique_in_a_language_also_without_punctuation(language: str) -> None:
    keywords = [fold_signs(line["keyword"]) for line in REPLIES if line["language"] == language]
    assert len(keywords) >= 30
    assert repeated(keywords) == []
    assert "" not in keywords


@pytest.mark.parametrize("line", REPLIES, ids=lambda line: f"{line['language']} {line['keyword']}")
def test_a_canned_reply_fits_a_message(line: dict[str, str]) -> None:
    assert line["language"] in ("en", "fil")
    assert line["match_rule"] in ("exact", "word", "starts_with", "contains")
    assert 10 <= len(line["response"]) <= 2000
    assert line["response"] == line["response"].strip()
    assert filling_problem(line["response"], has_product=False) is None
    attached = msgspec.json.decode(line["attached"] or "{}", type=Attached)
    assert choices_problem(written(attached.buttons), are_buttons=True) == ""
    assert choices_problem(written(attached.quick_replies), are_buttons=False) == ""


@pytest.mark.parametrize("line", REPLIES, ids=lambda line: f"{line['language']} {line['keyword']}")
def test_a_greeting_is_answered_with_the_same_time_of_day(line: dict[str, str]) -> None:
    times = {"umaga", "tanghali", "hapon", "gabi", "araw", "morning", "afternoon", "evening"}
    if line["category"] == "greeting" and (named := times & set(line["keyword"].split())):
        assert times & set(fold_signs(line["response"].split("!")[0]).split()) == named


def test_what_the_replies_say_about_shipping_is_what_the_zones_say() -> None:
    fees = [line["response"] for line in REPLIES if line["keyword"] in ("shipping fee", "magkano shipping")]
    times = [line["response"] for line in REPLIES if line["keyword"] in ("how long is delivery", "gaano katagal")]
    free = [line["response"] for line in REPLIES if line["keyword"] == "free shipping"]
    assert (len(fees), len(times), len(free)) == (3, 2, 2)
    for line in ZONES:
        if line["zone_type"] != "international":
            assert all(f"₱{Decimal(line['base_fee']):,.0f}" in response for response in fees)
            assert all(line["estimated_days"].removesuffix(" days") in response for response in times)
            assert all(f"₱{Decimal(line['free_shipping_threshold']):,.0f}" in response for response in free)


def test_free_shipping_is_a_sum_that_a_basket_can_reach() -> None:
    dearest = sum(sorted((Decimal(line["base_price"]) for line in PRODUCTS), reverse=True)[:10])
    assert all(Decimal(z["free_shipping_threshold"]) < dearest for z in ZONES if z["zone_type"] != "international")
