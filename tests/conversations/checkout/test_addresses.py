"""Addresses as shoppers type them: on one line, beside the 7-11, with the city where the province was asked."""

import pytest

from tests.conversations.conftest import Chat, Shop
from tests.support.buying import puts_in_cart


@pytest.fixture
async def asked(shop: Shop, ana: Chat) -> Chat:
    """Ana, who was just asked for her address."""
    await shop.stocks("Blue mug", price="120.00")
    await puts_in_cart(ana, "mug")
    await ana.taps("Checkout")
    await ana.says("Ana Cruz Jr.", "0917 123 4567")
    return ana


async def test_one_line_without_commas_and_with_a_landmark(asked: Chat) -> None:
    await asked.says("blk 4 lot 5 Mabuhay subd brgy san roque marikina near 7-11")
    asked.hears("Shipping to Marikina")
    await asked.says("cod")
    asked.hears("blk 4 lot 5 Mabuhay subd, san roque, Marikina, Metro Manila", "near 7-11")


async def test_the_barangay_is_not_asked_again_where_only_the_street_was_missing(asked: Chat) -> None:
    await asked.says("brgy san roque marikina")
    asked.hears("Marikina", "house number and street")
    await asked.says("12 Mabini St")
    asked.hears("landmark")
    await asked.says("skip")
    await asked.says("cod")
    asked.hears("12 Mabini St, san roque, Marikina, Metro Manila")


@pytest.mark.parametrize("typed", ["marikina", "Marikina City, Metro Manila", "Brgy San Roque, Marikina"])
async def test_a_city_is_understood_where_the_province_was_asked(asked: Chat, typed: str) -> None:
    await asked.says("12 Mabini", "skip", "San Roque")
    asked.hears("Which province")
    await asked.says(typed)
    asked.hears("landmark")
    await asked.says("skip")
    asked.hears("Shipping to Marikina")
    await asked.says("cod")
    asked.hears("12 Mabini, San Roque, Marikina, Metro Manila")
