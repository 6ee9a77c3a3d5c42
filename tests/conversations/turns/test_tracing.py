"""Traces: what a collector of OpenTelemetry gets of a turn."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from bot.base import tracing
from bot.base.exits import Failure
from tests.conversations.conftest import Chat, Shop
from tests.handlers.inbound.test_boarding import in_the_middle_of_a_turn, patient, tells, two  # noqa: F401 - a fixture
from tests.support.waiting import comes


class Collector:
    """Takes spans as a collector does.

    Attributes:
        spans: What came.
        texts: Every text in what came.
    """

    def __init__(self) -> None:
        self.spans: list[Span] = []
        self.texts = ""

    async def take(self, request: web.Request) -> web.Response:
        sent = ExportTraceServiceRequest.FromString(await request.read())
        self.spans += [
            span for resource in sent.resource_spans for scope in resource.scope_spans for span in scope.spans
        ]
        self.texts += str(sent)
        return web.Response(content_type="application/x-protobuf")

    def of(self, name: str) -> list[Span]:
        return [span for span in self.spans if span.name == name]


@pytest.fixture
async def collector(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Collector]:
    monkeypatch.setenv("OTEL_BSP_SCHEDULE_DELAY", "50")
    collector = Collector()
    app = web.Application()
    app.router.add_post("/v1/traces", collector.take)
    async with TestServer(app) as server:
        end = tracing.begin(str(server.make_url("/")), version="1.2.3")
        yield collector
        await asyncio.to_thread(end)


@pytest.fixture
def nothing_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.base.tracing.find_spec", lambda _: None)


async def test_a_turn_is_one_trace_from_its_first_question_to_the_database_on(
    shop: Shop, ana: Chat, collector: Collector
) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await ana.says("blue mug")
    ana.hears("Blue mug")

    async def has_come() -> bool:
        return bool(collector.of("turn") and collector.of("send"))

    await comes(has_come, "the spans of the turn")
    turn = collector.of("turn")[-1]
    number = str(await shop.look("SELECT MAX(id) FROM chat_logs"))
    assert number in {str(each.value.int_value) for each in turn.attributes if each.key == "quicksell.turn"}
    inside = [span for span in collector.of("database") if span.parent_span_id == turn.span_id]
    assert inside
    assert all(span.trace_id == turn.trace_id for span in inside)
    assert all(turn.start_time_unix_nano <= span.start_time_unix_nano for span in inside)
    assert 'string_value: "quicksell"' in collector.texts


@pytest.mark.usefixtures("patient")
async def test_a_turn_whose_event_was_stored_with_the_turn_of_another_is_no_part_of_that(
    shop: Shop, collector: Collector
) -> None:
    ana, ben = await two(shop)
    async with in_the_middle_of_a_turn(shop, ana):
        telling = asyncio.create_task(tells(shop, ben, "menu"))
        await asyncio.sleep(0.05)
    await telling
    await shop.settles()

    def taken() -> list[Span]:
        return [turn for turn in collector.of("turn") if turn.attributes]

    async def has_come() -> bool:
        return len(taken()) == 4

    await comes(has_come, "the spans of two turns of each")
    assert len({turn.trace_id for turn in taken()}) == 4
    assert not any(turn.parent_span_id for turn in taken())


async def test_a_trace_holds_nothing_of_what_people_write_or_who_they_are(
    shop: Shop, ana: Chat, collector: Collector
) -> None:
    await ana.says("my number is 0917 123 4567")

    async def has_come() -> bool:
        return bool(collector.of("send"))

    await comes(has_come, "the spans of the turn")
    for personal in ("0917", "number is", ana.psid, "Ana"):
        assert personal not in collector.texts


def test_without_an_address_nothing_is_traced() -> None:
    end = tracing.begin("", version="1.2.3")
    with tracing.span("turn") as span:
        assert span is None
    end()


@pytest.mark.usefixtures("nothing_installed")
def test_an_address_without_the_packages_is_said_in_one_line() -> None:
    with pytest.raises(Failure, match=r"OTEL_EXPORTER_OTLP_ENDPOINT is set.*\.\[traces\]"):
        tracing.begin("http://127.0.0.1:4318", version="1.2.3")
