"""What watches a shop: alerts and dashboard name only what is measured, and a scrape shows the shop as it stands."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import aiohttp
import msgspec
import pytest

from bot.base import metrics
from bot.base.settings import Settings
from bot.run.measuring import PORTS, measured
from repository.chats import doubts, troubles
from repository.work.stuck import QUEUES
from tests.conversations.conftest import Chat, Shop, ana, shop

__all__ = ["ana", "shop"]

DEPLOY = Path(__file__).parents[2] / "deploy"
RULES = (DEPLOY / "prometheus" / "quicksell.rules.yml").read_text(encoding="utf-8")
DASHBOARD = json.loads((DEPLOY / "grafana" / "quicksell.json").read_text(encoding="utf-8"))
EXPRESSIONS = re.findall(r"^        expr: (.+)$", RULES, re.MULTILINE)
EXPRESSIONS += [target["expr"] for panel in DASHBOARD["panels"] for target in panel["targets"]]


def measured_names() -> set[str]:
    """What Prometheus will know: a counter ends in _total, a histogram has buckets, a count and a sum."""
    names = set[str]()
    for family in metrics.REGISTRY.collect():
        ends = {"counter": ("_total",), "histogram": ("_bucket", "_count", "_sum")}.get(family.type, ("",))
        names |= {family.name + end for end in ends}
    return names


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_an_expression_asks_for_what_is_measured_by_labels_that_there_are(expression: str) -> None:
    named = set(re.findall(r"\bquicksell_\w+", expression))
    assert named
    assert named <= measured_names()
    assert expression.count("(") == expression.count(")")
    labels = {family.name: set(family.labelnames()) for family in _Labels.all()}
    for name, matched in re.findall(r"(quicksell_\w+?)(?:_total|_bucket|_count)?\{([^}]*)\}", expression):
        assert set(re.findall(r"(\w+)[!=~]+\"", matched)) <= labels[name]
    for queue in re.findall(r'queue=~?"([^"]+)"', expression):
        assert set(queue.split("|")) <= set(QUEUES)


class _Labels(msgspec.Struct):
    """A measurement with the names of its labels."""

    name: str
    names: tuple[str, ...]

    def labelnames(self) -> tuple[str, ...]:
        return self.names

    @classmethod
    def all(cls) -> "list[_Labels]":
        found = [value for value in vars(metrics).values() if hasattr(value, "_labelnames")]
        return [cls(one._name, tuple(one._labelnames)) for one in found]


def test_every_alert_says_what_it_means_and_what_to_do() -> None:
    alerts = RULES.split("      - alert: ")[1:]
    assert len(alerts) >= 12
    assert len({alert.split()[0] for alert in alerts}) == len(alerts)
    for alert in alerts:
        for part in ("expr", "severity", "summary", "what_to_do"):
            assert len(re.findall(rf"^ +{part}: \S", alert, re.MULTILINE)) == 1, f"{alert.split()[0]} has no {part}"
    assert "\t" not in RULES
    tool = shutil.which("promtool")
    for command in ("rules", "config") if tool else ():
        file = "quicksell.rules.yml" if command == "rules" else "prometheus.yml"
        done = subprocess.run([str(tool), "check", command, str(DEPLOY / "prometheus" / file)], capture_output=True)
        assert done.returncode == 0, done.stderr


def test_the_dashboard_is_one_that_grafana_takes() -> None:
    assert DASHBOARD["schemaVersion"] >= 36
    assert DASHBOARD["uid"]
    ids = [panel["id"] for panel in DASHBOARD["panels"]]
    assert len(set(ids)) == len(ids) >= 15
    places = [panel["gridPos"] for panel in DASHBOARD["panels"]]
    assert all(place["x"] + place["w"] <= 24 for place in places)
    taken = {(x, y) for p in places for x in range(p["x"], p["x"] + p["w"]) for y in range(p["y"], p["y"] + p["h"])}
    assert len(taken) == sum(place["w"] * place["h"] for place in places), "two panels lie on one another"
    assert {panel["datasource"]["uid"] for panel in DASHBOARD["panels"]} == {"${source}"}


def test_prometheus_reads_where_the_program_answers() -> None:
    scrape = (DEPLOY / "prometheus" / "prometheus.yml").read_text(encoding="utf-8")
    ports = [int(port) for port in re.findall(r"127\.0\.0\.1:(\d+)", scrape)]
    assert ports == list(range(Settings().metrics_port, Settings().metrics_port + len(ports)))
    assert len(ports) <= PORTS


async def test_a_scrape_shows_queues_troubles_and_who_waits(shop: Shop, ana: Chat, unused_tcp_port: int) -> None:
    await ana.opens_chat()
    await shop.insert("outbox", psid="1", message="{}", status="failed", error_code="551/0")
    await shop.run("UPDATE conversations SET waits_since = NOW(3) - INTERVAL 2 HOUR")
    async with shop.database.connection() as conn:
        await troubles.begin(conn, kind="token", code="190/463", reason="x")
        await doubts.note_again(conn, message_id=1, why="crash")
    settings = Settings(metrics_port=min(unused_tcp_port, 60_000))
    async with (
        measured(settings, shop.database) as port,
        measured(settings, shop.database) as other,
        aiohttp.ClientSession() as http,
    ):
        assert port != other, "each process has a port of its own"
        async with http.get(f"http://127.0.0.1:{port}/metrics") as answer:
            told = (await answer.text()).splitlines()
    for line in (
        "quicksell_database_up 1.0",
        'quicksell_queue_stuck{queue="messages"} 1.0',
        'quicksell_queue_waiting{queue="turns"} 0.0',
        'quicksell_page_stopped{kind="token"} 1.0',
        'quicksell_page_stopped{kind="restricted"} 0.0',
        "quicksell_sent_again 1.0",
        "quicksell_shoppers_unanswered 1.0",
    ):
        assert line in told, line
    assert next(float(line.split()[1]) for line in told if line.startswith("quicksell_shoppers_unanswered_s")) >= 7200
    async with measured(Settings(metrics_port=0), shop.database) as port:
        assert port == 0
