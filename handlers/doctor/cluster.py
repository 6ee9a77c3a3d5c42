"""Where the database is a node of a cluster, or a replica: may the shop write there, and are the others there?"""

from handlers.doctor.database import GROUP
from handlers.doctor.looks import Look, judged
from repository.database.connection import Connection
from repository.work.nodes import Node, this_node

NODES_LEAST = 3
"""Nodes that a cluster needs to lose one and go on: of two, neither knows whether it is the one that was lost."""
REFUSED_MOST = 0.05
"""Share of commits that others may undo; each costs its turn a second time."""
PAUSED_MOST = 0.1
"""Share of the time in which nodes may wait for a slow one."""
_COUNTED_LEAST = 200  # commits from which on a share says something


async def look_at_node(conn: Connection) -> list[Look]:
    """Whether the server of this session can be written to, and how its cluster is; one that is alone says nothing.

    Args:
        conn: An open connection.
    """
    return told(await this_node(conn))


def told(node: Node) -> list[Look]:
    """What there is to say of a node.

    Args:
        node: As it says itself.
    """
    looks: list[Look] = []
    if not node.takes_writes:
        looks.append(
            Look(
                group=GROUP,
                what="Writing",
                light="broken",
                found="the server is read-only, such as a replica is",
                what_to_do="Set DB_HOST to the server that takes writes, or to the proxy that leads there.",
            )
        )
    if not node.is_in_cluster:
        return looks
    works = node.is_primary and node.state == "Synced"
    looks.append(
        judged(
            GROUP,
            "Node of the cluster",
            works,
            "in step with the others" if works else node.state + ("" if node.is_primary else ", cut off from most"),
            "Look at the network between the nodes and at the server's error log; a proxy that asks `clustercheck`"
            " leads the shop to another node meanwhile.",
        )
    )
    looks.append(
        judged(
            GROUP,
            "Nodes that see each other",
            node.nodes >= NODES_LEAST,
            f"{node.nodes}",
            "Bring the missing node back: with fewer than three, the loss of one stops the shop.",
            otherwise="warning",
        )
    )
    settings = [
        name
        for name, is_set in (
            ("innodb_autoinc_lock_mode=2", node.is_interleaved),
            ("binlog_format=ROW", node.is_by_row),
        )
        if not is_set
    ]
    looks.append(
        judged(
            GROUP,
            "Settings of the cluster",
            not settings,
            f"not set: {', '.join(settings)}" if settings else "as a cluster needs them",
            "Set it in the configuration of every node and restart one after the other.",
        )
    )
    return [*looks, *_load(node)]


def _load(node: Node) -> list[Look]:
    """Whether the nodes stand in each other's way."""
    attempts = node.committed + node.refused
    share = node.refused / attempts if attempts >= _COUNTED_LEAST else 0.0
    return [
        judged(
            GROUP,
            "Commits that other nodes undo",
            share <= REFUSED_MOST,
            f"{share:.1%}",
            "Lead every server and worker of the shop to one node, and keep the others in reserve: see “Moving to a"
            " cluster” in docs/database.md.",
            otherwise="warning",
        ),
        judged(
            GROUP,
            "Waiting for the slowest node",
            node.paused <= PAUSED_MOST,
            f"{node.paused:.0%} of the time",
            "Look for the node with the longest queue (`wsrep_local_recv_queue_avg`): its disk is too slow, or its"
            " memory too small.",
            otherwise="warning",
        ),
    ]
