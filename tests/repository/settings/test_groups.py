"""Groups of settings: saved as one, in force at the next look, never over somebody else's save."""

import pytest
from msgspec.structs import replace

from bot.base.settings import DatabaseSettings
from repository import rules
from repository.database.connection import Connection, Database
from repository.rules import GROUPS, Rules
from repository.settings import store
from repository.settings.about import About, problem
from repository.settings.groups import THE_ONE, Group, Refused
from repository.staff.by import By
from repository.staff.versions import SavedMeanwhile
from tests.conftest import MANILA
from tests.support.accounts import account

DEFAULTS = Rules(shop_name="Tindahan")
NOBODY = By()
VERIFICATION = next(group for group in GROUPS if group.name == "verification")
SHOP = next(group for group in GROUPS if group.name == "shop")


async def version(conn: Connection) -> int:
    """What tells every process to read again."""
    return int(str(await conn.value("SELECT rules FROM shop_versions WHERE id = 1")))


async def save(
    conn: Connection, group: Group[Rules], *, by: By = NOBODY, at: int = 0, action: str = "changed", **changes: object
) -> bool:
    """Save a group with some settings changed, as it was opened at a version."""
    body = replace((await group.opened(conn, defaults=DEFAULTS, given={})).body, **changes)
    return await group.save(conn, body, defaults=DEFAULTS, version=at, by=by, action=action)


async def in_force(conn: Connection) -> Rules:
    return await rules.load(conn, shop_name="Tindahan", currency="PHP")


async def test_a_save_counts_up_what_every_process_looks_at_and_is_read_by_another(
    database: Database, schema: DatabaseSettings
) -> None:
    other = Database(schema, MANILA, most=1)
    async with database.transaction() as conn:
        before = await version(conn)
        assert await save(conn, VERIFICATION, verification_minutes=90)
    async with other.connection() as conn:
        assert await version(conn) == before + 1
        assert (await in_force(conn)).verification_minutes == 90
    await other.close()


async def test_what_is_as_by_default_is_not_stored(database: Database) -> None:
    async with database.transaction() as conn:
        await save(conn, VERIFICATION, verification_minutes=90, verification_orders=0)
        assert sorted(await store.stored(conn)) == ["verification_minutes", "verification_orders"]
        last = await VERIFICATION.noun.latest(conn, THE_ONE)
        assert last
        await save(conn, VERIFICATION, at=last.id, verification_minutes=60)
        assert sorted(await store.stored(conn)) == ["verification_orders"]
        last = await VERIFICATION.noun.latest(conn, THE_ONE)
        assert last
        assert not await save(conn, VERIFICATION, at=last.id, verification_minutes=60), "nothing changed"


async def test_who_comes_second_is_told_who_was_first(database: Database) -> None:
    async with database.transaction() as conn:
        nena = await account(conn, username="nena", full_name="Nena")
        await save(conn, VERIFICATION, by=By(nena.id), verification_minutes=90)
        with pytest.raises(SavedMeanwhile) as refused:
            await save(conn, VERIFICATION, verification_minutes=30)
    assert refused.value.saved_by == "Nena"


async def test_every_save_is_kept_and_can_come_back(database: Database) -> None:
    async with database.transaction() as conn:
        await save(conn, VERIFICATION, verification_minutes=90)
        first = (await VERIFICATION.noun.history(conn, THE_ONE, limit=9))[0]
        await save(conn, VERIFICATION, at=first.id, verification_minutes=30)
        kept = await VERIFICATION.noun.history(conn, THE_ONE, limit=9)
        body = VERIFICATION.noun.read(first)
        assert body
        await VERIFICATION.save(conn, body, defaults=DEFAULTS, version=kept[0].id, by=By(), action="restored")
        assert (await in_force(conn)).verification_minutes == 90
        kept = await VERIFICATION.noun.history(conn, THE_ONE, limit=9)
    assert [one.action for one in kept] == ["restored", "changed", "changed", "created"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("verification_minutes", 4),
        ("verification_minutes", 10_081),
        ("upfront_percent", 101),
        ("payment_methods", ["cod", "bitcoin"]),
        ("shop_name", "x" * 61),
        ("verification_from", "-1"),
        ("verification_from", "0.001"),
        ("verification_from", "NaN"),
        ("page_size", "a lot"),
        ("no_such_rule", 1),
    ],
)
async def test_what_is_beyond_a_limit_is_refused(database: Database, name: str, value: object) -> None:
    async with database.transaction() as conn:
        with pytest.raises(ValueError, match=name):
            await rules.change(conn, name=name, value=value, admin_id=None)
        assert await store.stored(conn) == {}


async def test_a_group_beyond_a_limit_is_refused_whole(database: Database) -> None:
    async with database.transaction() as conn:
        with pytest.raises(Refused) as refused:
            await save(conn, VERIFICATION, verification_minutes=1, verification_orders=0)
        assert list(refused.value.problems) == ["verification_minutes"]
        assert await store.stored(conn) == {}


@pytest.mark.parametrize("value", ['"many"', "-5", "null", '{"a": 1}', "9999999"])
async def test_a_stored_value_that_cannot_be_used_never_stops_the_shop(database: Database, value: str) -> None:
    async with database.transaction() as conn:
        await conn.run("INSERT INTO shop_settings (name, value) VALUES ('page_size', %(value)s)", value=value)
        await rules.change(conn, name="upfront_percent", value=20, admin_id=None)
        assert await in_force(conn) == replace(DEFAULTS, upfront_percent=20)


async def test_each_value_tells_where_it_comes_from(database: Database) -> None:
    async with database.transaction() as conn:
        given = {"shop_name": "Tindahan"}
        opened = await SHOP.opened(conn, defaults=DEFAULTS, given=given)
        assert opened.sources == {
            "shop_name": "environment",
            "languages": "default",
            "messages_a_minute": "default",
            "page_size": "default",
            "referral_days": "default",
        }
        await save(conn, SHOP, shop_name="Aling Nena’s")
        opened = await SHOP.opened(conn, defaults=DEFAULTS, given=given)
        assert opened.sources["shop_name"] == "console"
        assert (await in_force(conn)).shop_name == "Aling Nena’s", "the console wins over the environment"


def test_every_rule_is_in_a_group_or_is_meant_not_to_be() -> None:
    grouped = [name for group in GROUPS for name in group.settings]
    assert len(grouped) == len(set(grouped))
    assert set(Rules.__struct_fields__) - set(grouped) == {
        "currency",
        "payment_account",
        "public_url",
        "page_id",
        "has_grids",
    }


@pytest.mark.parametrize(
    ("name", "about"), [(name, about) for group in GROUPS for name, (_, about) in group.settings.items()]
)
def test_every_default_is_within_its_limits(name: str, about: About) -> None:
    assert not problem(about, getattr(Rules(), name))
    assert about.label
    assert about.unit or not isinstance(getattr(Rules(), name), int) or isinstance(getattr(Rules(), name), bool)
