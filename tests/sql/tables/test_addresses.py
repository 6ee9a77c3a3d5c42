"""An order keeps where it goes, whatever becomes of the address."""

from tests.sql.prompt import refused
from tests.sql.shop import Shop

ADDRESS: dict[str, object] = {
    "recipient_name": "Ana Cruz",
    "phone": "+639170000001",
    "address_line1": "12 Mabini St",
    "address_line2": "Unit 3",
    "barangay": "Poblacion",
    "city": "Makati",
    "province": "Metro Manila",
    "region": "NCR",
    "postal_code": "1210",
    "landmark": "beside the church",
}


def kept(shop: Shop, order: int) -> dict[str, object]:
    row = shop.row("SELECT * FROM orders WHERE id = %s", order)
    return {name: row[f"ship_{name}"] for name in ADDRESS}


def test_an_order_keeps_where_it_goes(shop: Shop) -> None:
    ana = shop.shopper()
    address = shop.insert("user_addresses", user_id=ana, **ADDRESS)
    order = shop.order(user_id=ana, address_id=address)
    assert kept(shop, order) == ADDRESS
    shop.run("UPDATE user_addresses SET city = 'Cebu' WHERE id = %s", address)
    shop.run("DELETE FROM user_addresses WHERE id = %s", address)
    assert kept(shop, order) == ADDRESS
    assert shop.value("SELECT address_id FROM orders WHERE id = %s", order) is None


def test_a_copy_that_is_given_is_not_overwritten(shop: Shop) -> None:
    ana = shop.shopper()
    address = shop.insert("user_addresses", user_id=ana, **ADDRESS)
    order = shop.order(user_id=ana, address_id=address, ship_recipient_name="Ben", ship_address_line1="Elsewhere")
    assert kept(shop, order)["recipient_name"] == "Ben"
    assert kept(shop, order)["city"] is None


def test_an_order_sent_elsewhere_keeps_the_new_address(shop: Shop) -> None:
    ana = shop.shopper()
    first = shop.insert("user_addresses", user_id=ana, **ADDRESS)
    second = shop.insert("user_addresses", user_id=ana, **{**ADDRESS, "city": "Davao", "landmark": None})
    order = shop.order(user_id=ana, address_id=first)
    shop.run("UPDATE orders SET address_id = %s WHERE id = %s", second, order)
    assert (kept(shop, order)["city"], kept(shop, order)["landmark"]) == ("Davao", None)


def test_an_address_that_does_not_exist_is_refused(shop: Shop) -> None:
    with refused(1452, "Cannot add or update a child row"):
        shop.order(address_id=2147483647)
