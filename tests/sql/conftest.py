"""Two databases, loaded by the plain client: the contract's scripts alone, and with the guards beside them."""

import os
from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from bot.base.settings import DatabaseSettings
from tests.sql.prompt import CONTRACT, GUARDS, Prompt, load
from tests.sql.shop import Shop


def _database(administrator: DatabaseSettings, kind: str, *files: str) -> DatabaseSettings:
    name = f"quicksell_sql_{kind}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    prompt = Prompt(administrator, name="information_schema")
    prompt.run(f"DROP DATABASE IF EXISTS {name}")
    prompt.close()
    load(administrator, name, *files)
    return replace(administrator, name=name)


@pytest.fixture(scope="session")
def guarded(administrator: DatabaseSettings) -> DatabaseSettings:
    """A database with the contract's two scripts and the guards."""
    return _database(administrator, "guarded", *CONTRACT, GUARDS)


@pytest.fixture(scope="session")
def bare(administrator: DatabaseSettings) -> DatabaseSettings:
    """A database with the contract's two scripts alone."""
    return _database(administrator, "bare", *CONTRACT)


@pytest.fixture
def shop(guarded: DatabaseSettings) -> Iterator[Shop]:
    """A shop on the guarded database, beside other tests' rows."""
    shop = Shop(guarded)
    yield shop
    shop.close()


@pytest.fixture
def rival(guarded: DatabaseSettings) -> Iterator[Shop]:
    """Somebody else on the same database."""
    shop = Shop(guarded)
    yield shop
    shop.close()


@pytest.fixture
def old_snapshots(guarded: DatabaseSettings) -> Iterator[Shop]:
    """Somebody who reads what was there when a transaction began, and whom the server lets write on it."""
    shop = Shop(guarded, level="REPEATABLE READ")
    if shop.rows("SHOW VARIABLES LIKE 'innodb_snapshot_isolation'"):
        shop.run("SET SESSION innodb_snapshot_isolation = OFF")
    yield shop
    shop.close()


@pytest.fixture
def empty_shop(shop: Shop) -> Shop:
    """The same with no row in it."""
    shop.empty()
    return shop


@pytest.fixture
def everything(empty_shop: Shop) -> Shop:
    """One row at least in each of the 29 tables."""
    shop = empty_shop
    ana, mug = shop.shopper(), shop.product(10)
    shop.variant(mug, 5)
    shop.insert("product_images", product_id=mug, image_url="https://example.test/mug.jpg")
    shop.insert("wishlists", user_id=ana, product_id=mug)
    shop.insert("admin_users", username="rosa", email="rosa@example.test", password_hash="x")
    shop.insert(
        "user_addresses",
        user_id=ana,
        **dict.fromkeys(("recipient_name", "phone", "address_line1", "city", "province", "region"), "x"),
    )
    order = shop.reserved([(mug, None, 1)], user_id=ana, remaining_balance="1.00")
    shop.insert("cart_items", user_id=ana, product_id=mug)
    shop.insert("product_reviews", user_id=ana, product_id=mug, rating=5)
    promo = shop.insert(
        "promos",
        title="Sale",
        description="Ten off",
        discount_value=10,
        usage_limit=5,
        start_date="2026-01-01",
        end_date="2026-02-01",
    )
    shop.insert("promo_products", promo_id=promo, product_id=mug)
    shop.insert("order_errors", order_id=order, error_type="system", error_message="x")
    shop.insert("shipping_zones", zone_name="Metro Manila", base_fee=80)
    shop.insert("order_verifications", order_id=order, user_id=ana, verification_type="upfront_payment")
    shop.insert("user_verification_history", user_id=ana)
    shop.insert("trusted_buyers", user_id=ana)
    shop.insert("order_metrics", order_id=order)
    shop.insert("order_processing_queue", order_id=order, queue_type="payment")
    shop.insert(
        "notification_queue",
        user_id=ana,
        notification_type="custom",
        channel="messenger",
        recipient="1",
        message="Hi",
    )
    shop.insert("chatbot_replies", keyword="hours", response="9 to 5")
    shop.insert("chat_logs", user_id="psid")
    shop.insert("analytics_daily", date="2026-01-01")
    return shop


@pytest.fixture
def bare_shop(bare: DatabaseSettings) -> Iterator[Shop]:
    """A shop on the two contract scripts alone, with no row in it."""
    shop = Shop(bare)
    shop.empty()
    yield shop
    shop.close()


@pytest.fixture(params=["guarded", "bare"])
def either_shop(request: pytest.FixtureRequest, administrator: DatabaseSettings) -> Iterator[Shop]:
    """With the guards and without: the promise must hold in both."""
    shop = Shop(request.getfixturevalue(request.param))
    yield shop
    shop.close()
