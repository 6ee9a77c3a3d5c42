"""What a database server says of its place among others: a node of a Galera cluster, a replica, or alone."""

import msgspec

from repository.database.connection import Connection, Statement
from repository.database.scalars import text


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """The server that this session is on.

    Attributes:
        takes_writes: Whether it lets the shop write.
        is_in_cluster: Whether it is a node of a Galera cluster; what follows says nothing where it is not.
        state: Such as "Synced".
        is_primary: Whether the nodes that see each other are the greater part of the cluster.
        nodes: How many see each other.
        refused: Commits that other nodes' commits have undone since the server started.
        committed: Commits since then, the undone ones left out.
        paused: Share of the time since then in which this or another node asked the others to wait, 0 to 1.
        is_interleaved: Whether numbers are given out as a cluster needs it (`innodb_autoinc_lock_mode=2`).
        is_by_row: Whether changes travel row by row (`binlog_format=ROW`).
    """

    takes_writes: bool
    is_in_cluster: bool
    state: str = ""
    is_primary: bool = True
    nodes: int = 1
    refused: int = 0
    committed: int = 0
    paused: float = 0.0
    is_interleaved: bool = True
    is_by_row: bool = True


async def this_node(conn: Connection) -> Node:
    """What the server says.

    Args:
        conn: An open connection.
    """
    statuses, variables = await conn.batch(
        Statement("SHOW GLOBAL STATUS LIKE 'wsrep%'"),
        Statement(
            "SHOW GLOBAL VARIABLES WHERE Variable_name IN"
            " ('wsrep_on', 'read_only', 'super_read_only', 'innodb_autoinc_lock_mode', 'binlog_format')"
        ),
    )
    said = {text(name).lower(): text(value) for name, value in (*statuses.rows, *variables.rows)}
    return read(said)


def read(said: dict[str, str]) -> Node:
    """What a server means by its variables and its status.

    Args:
        said: Both, by their names in small letters.
    """
    takes_writes = all(said.get(name, "OFF") in ("OFF", "0") for name in ("read_only", "super_read_only"))
    if said.get("wsrep_on", "OFF") not in ("ON", "1") or "wsrep_local_state_comment" not in said:
        return Node(takes_writes=takes_writes, is_in_cluster=False)
    return Node(
        takes_writes=takes_writes,
        is_in_cluster=True,
        state=said["wsrep_local_state_comment"],
        is_primary=said.get("wsrep_cluster_status", "").lower() == "primary",
        nodes=int(said.get("wsrep_cluster_size", "0")),
        refused=int(said.get("wsrep_local_cert_failures", "0")) + int(said.get("wsrep_local_bf_aborts", "0")),
        committed=int(said.get("wsrep_local_commits", "0")),
        paused=float(said.get("wsrep_flow_control_paused", "0")),
        is_interleaved=said.get("innodb_autoinc_lock_mode") == "2",
        is_by_row=said.get("binlog_format", "ROW") == "ROW",
    )
