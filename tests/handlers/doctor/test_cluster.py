"""What the doctor says of a database that is a node among others. `tests/broken/cluster/` asks a real one."""

import pytest

from handlers.doctor.cluster import look_at_node, told
from repository.database.connection import Database
from repository.work.nodes import read

HEALTHY = {
    "wsrep_on": "ON",
    "wsrep_local_state_comment": "Synced",
    "wsrep_cluster_status": "Primary",
    "wsrep_cluster_size": "3",
    "wsrep_local_commits": "9600",
    "wsrep_local_cert_failures": "12",
    "wsrep_local_bf_aborts": "8",
    "wsrep_flow_control_paused": "0.00214",
    "innodb_autoinc_lock_mode": "2",
    "binlog_format": "ROW",
    "read_only": "OFF",
}


def lights(**said: str) -> dict[str, str]:
    """What is not good, by what it is, where a healthy node said this instead."""
    return {look.what: look.light for look in told(read(HEALTHY | said)) if look.light != "good"}


async def test_a_server_that_is_alone_has_nothing_to_say(database: Database) -> None:
    async with database.connection() as conn:
        assert await look_at_node(conn) == []


def test_a_healthy_node_has_nothing_to_do() -> None:
    looks = told(read(HEALTHY))
    assert [look.light for look in looks] == ["good"] * 5
    assert not any(look.what_to_do for look in looks)


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"wsrep_local_state_comment": "Donor/Desynced"}, {"Node of the cluster": "broken"}),
        (
            {"wsrep_cluster_status": "non-Primary", "wsrep_cluster_size": "1"},
            {"Node of the cluster": "broken", "Nodes that see each other": "warning"},
        ),
        ({"wsrep_cluster_size": "2"}, {"Nodes that see each other": "warning"}),
        ({"innodb_autoinc_lock_mode": "1"}, {"Settings of the cluster": "broken"}),
        ({"binlog_format": "MIXED"}, {"Settings of the cluster": "broken"}),
        ({"wsrep_local_bf_aborts": "1200"}, {"Commits that other nodes undo": "warning"}),
        ({"wsrep_local_commits": "20"}, {}),
        ({"wsrep_flow_control_paused": "0.31"}, {"Waiting for the slowest node": "warning"}),
        ({"read_only": "ON"}, {"Writing": "broken"}),
    ],
)
def test_what_is_wrong_is_named_with_the_one_thing_to_do(said: dict[str, str], wrong: dict[str, str]) -> None:
    assert lights(**said) == wrong
    assert all(look.what_to_do for look in told(read(HEALTHY | said)) if look.light != "good")


@pytest.mark.parametrize("said", [{"read_only": "1"}, {"super_read_only": "ON", "read_only": "ON"}])
def test_a_replica_is_told_apart_from_the_server_that_takes_writes(said: dict[str, str]) -> None:
    (look,) = told(read(said))
    assert (look.what, look.light) == ("Writing", "broken")
