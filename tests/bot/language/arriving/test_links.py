"""Addresses in texts: taken out, and read for what they lead to."""

import pytest

from bot.language.arriving.links import bare_post_id, is_title, links_in


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("hm po https://www.facebook.com/shop/posts/1234 available?", "hm po available?"),
        ("shopee.ph/blue-mug-i.12.34 meron kayo?", "meron kayo?"),
        ("https://x.example/red-mug", ""),
        ("12.50/pc po?", "12.50/pc po?"),
        ("No. 5 St./Brgy. San Roque", "No. 5 St./Brgy. San Roque"),
        ("ana.cruz@mail.com/po", "ana.cruz@mail.com/po"),
        ("size 8.5/9 po", "size 8.5/9 po"),
        ("www.tindahan.ph", ""),
    ],
)
def test_the_words_of_an_address_are_no_words(text: str, rest: str) -> None:
    assert links_in(text).text == rest


@pytest.mark.parametrize(
    ("url", "post"),
    [
        ("https://www.facebook.com/tindahan/posts/pfbid02abcDEF?x=1", "pfbid02abcDEF"),
        ("https://m.facebook.com/tindahan/posts/a-nice-mug/1234567", "1234567"),
        ("https://www.facebook.com/permalink.php?story_fbid=123&id=4", "123"),
        ("facebook.com/reel/888001", "888001"),
        ("https://www.facebook.com/watch/?v=55500", "55500"),
        ("https://www.facebook.com/share/p/1AbCdEf/", "1AbCdEf"),
        ("https://fb.watch/xyz12/", "xyz12"),
        ("https://www.facebook.com/tindahan", ""),
        ("https://notfacebook.com/posts/1234", ""),
        ("https://facebook.com.evil.example/posts/1234", ""),
    ],
)
def test_posts(url: str, post: str) -> None:
    assert links_in(url).post_id == post


@pytest.mark.parametrize(
    ("url", "pin"),
    [
        ("https://www.google.com/maps/@14.5995,120.9842,17z", "14.599500,120.984200"),
        ("https://maps.google.com/?q=14.599512,120.984222", "14.599512,120.984222"),
        ("maps.google.com/maps?q=14.599512%2C120.984222", "14.599512,120.984222"),
        ("https://maps.app.goo.gl/abCd", "https://maps.app.goo.gl/abCd"),
        ("https://www.google.com/search?q=14.599512,120.984222", ""),
        ("https://evil.example/maps?q=14.599512,120.984222", ""),
        ("http://maps.google.com/x", ""),
        ("https://maps.google.com/?q=99.599512,120.984222", "https://maps.google.com/?q=99.599512,120.984222"),
    ],
)
def test_places(url: str, pin: str) -> None:
    assert links_in(url).pin == pin


def test_links_into_the_chat() -> None:
    assert links_in("dito po m.me/tindahan?ref=promo_X").ref == "promo_X"
    assert links_in("https://m.me/tindahan").ref == ""
    assert links_in("https://[bad m.me/x?ref=1").urls


def test_titles_and_ids() -> None:
    assert is_title("Payday sale!")
    assert not is_title("https://shop.example/mug")
    assert not is_title("599")
    assert bare_post_id("1234_5678") == bare_post_id("5678") == "5678"
