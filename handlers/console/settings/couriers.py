"""Couriers: who brings parcels, and where a parcel is looked up."""

from typing import Annotated

import msgspec

from handlers.console.base.forms import Field, Filled, Form
from handlers.console.base.nouns.preview import Tried, as_sent
from handlers.console.base.visit import Visit
from handlers.console.settings.rows import RowEditor, Shown, list_of
from replies.notices import OrderShipped
from replies.render import render
from repository.orders.coming.following import tracking_page
from repository.settings import couriers
from repository.settings.couriers import COURIERS as ROWS
from repository.settings.couriers import NUMBER, CourierBody

HOME = "/settings/couriers"
_LINK = f"The courier’s tracking page, with {NUMBER} where the number goes. Leave it empty if there is none."
_PLACE = "The lowest one stands first."


class CourierForm(msgspec.Struct, frozen=True, kw_only=True):
    """What can be typed about a courier."""

    name: Annotated[
        str,
        Field(
            label="Name",
            needed="Please write what the courier is called.",
            most=100,
            taken="There is a courier of that name already.",
        ),
    ]
    link: Annotated[
        str,
        Field(
            label="Tracking link",
            help=_LINK,
            most=500,
            placeholder=f"https://courier.example/track?no={NUMBER}",
            check=couriers.problem,
        ),
    ]
    display_order: Annotated[int, Field(label="Place in the list", help=_PLACE, most=1000)]
    is_active: Annotated[bool, Field(label="Can be picked", in_history="State")]


class CourierEditor(RowEditor[CourierBody]):
    """The pages of a courier."""

    def blank(self, _: Visit) -> CourierBody:
        return CourierBody(name="")

    def title(self, body: CourierBody) -> str:
        return body.name

    async def looked(self, visit: Visit, filled: Filled) -> Tried:
        """The notice of a parcel that is on its way."""
        link = filled.fields["link"].text
        example = OrderShipped.example()
        page = "" if couriers.problem(link) else tracking_page(link, example.tracking)
        reply = msgspec.structs.replace(example, courier=filled.fields["name"].text or "…", link=page)
        return Tried(messages=as_sent(render([reply], await visit.words(), "en")), said=page)


COURIERS = CourierEditor(ROWS, Form(CourierForm), template="courier.html", home=HOME, called="courier")


def _tell(_: Visit, body: CourierBody) -> Shown:
    tags = () if NUMBER in body.link or not body.link else ("number is typed there",)
    return Shown(body.name, body.link or "no tracking page", tags)


LIST = list_of(COURIERS, _tell, template="couriers.html", many="couriers")
