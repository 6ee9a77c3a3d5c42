"""Invariants under attack, until enough was done to them, and far more with `--long`."""

import math
import threading
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.base.settings import DatabaseSettings
from bot.workshop.database.private import PrivateServer
from tests.sql.attack.attack import Attack
from tests.sql.attack.invariants import broken
from tests.sql.prompt import CONTRACT, GUARDS, load
from tests.sql.shop import Shop


def attack(account: DatabaseSettings, acts: int, *, kills: int = 0) -> None:
    made = Attack(account, acts=acts, kills=kills)
    made.run()
    watcher = Shop(account)
    assert (made.broken, broken(watcher)) == ({}, {})
    watcher.close()
    assert made.failures == []
    assert made.missing == {}, made.answers


def test_invariants_hold_with_thirty_two_at_once(empty_shop: Shop, guarded: DatabaseSettings, is_long: bool) -> None:
    attack(guarded, 30_000 if is_long else 1_500)


def test_invariants_hold_while_connections_are_killed(
    empty_shop: Shop, guarded: DatabaseSettings, is_long: bool
) -> None:
    attack(guarded, 20_000 if is_long else 1_000, kills=400 if is_long else 25)


def test_invariants_hold_after_the_server_is_killed(tmp_path: Path, is_long: bool) -> None:
    account = DatabaseSettings(name="quicksell_killed")
    for life in range(8 if is_long else 1):
        server = PrivateServer.start(tmp_path / "server")
        account = replace(account, socket=str(server.socket), user=server.admin_user, password=server.admin_password)
        if life == 0:
            load(account, account.name, *CONTRACT, GUARDS)
        made = Attack(account, acts=math.inf, seed=life + 1)
        attacker = threading.Thread(target=made.run, args=(8,))
        attacker.start()
        assert made.is_under_way(), made.answers
        server.kill()
        attacker.join()
        with PrivateServer.start(tmp_path / "server") as again:
            shop = Shop(replace(account, socket=str(again.socket)))
            assert broken(shop) == {}
            order = shop.reserved([(shop.product(5), None, 1)])
            assert shop.reservations(order) == [(1, "reserved")]
            shop.close()


@pytest.mark.parametrize("apart", [True, False])
def test_baskets_in_any_order_never_deadlock(empty_shop: Shop, guarded: DatabaseSettings, apart: bool) -> None:
    """Reserving, releasing and committing alone, whatever the baskets: the server itself counts no deadlock."""
    count = "SELECT COUNT AS n FROM information_schema.INNODB_METRICS WHERE NAME = 'lock_deadlocks'"
    shop = empty_shop
    products = [shop.product(10_000) for _ in range(5)]
    variants = {product: shop.variant(product, 10_000) for product in products[:3]}
    before = shop.number(count)
    failures: list[Exception] = []

    def work(number: int) -> None:
        other = Shop(guarded)
        mine = products[number % 5 :] + products[: number % 5]
        if number % 2:
            mine.reverse()
        lines = [(product, variants.get(product) if turn % 2 else None, 1) for turn, product in enumerate(mine)]
        try:
            for _ in range(8):
                if apart:
                    order = other.order(lines)
                    other.call("sp_reserve_order_inventory", order, 30)
                else:
                    other.raw.begin()
                    order = other.order()
                    other.rows(
                        f"SELECT id FROM products WHERE id IN ({','.join(map(str, products))}) ORDER BY id FOR UPDATE"
                    )
                    for line in lines:
                        other.line(order, line)
                    other.call("sp_reserve_order_inventory", order, 30)
                    other.raw.commit()
                if number % 3:
                    other.call("sp_commit_order_inventory", order)
                other.call("sp_release_order_inventory", order, "x")
        except Exception as failure:  # noqa: BLE001 - the main thread reports it
            failures.append(failure)
        other.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert shop.number(count) == before
    assert [shop.stock(product) for product in products] == [10_000] * 5
    assert broken(shop) == {}
