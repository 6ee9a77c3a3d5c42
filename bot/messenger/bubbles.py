"""A sent message as the shopper sees it: its words, and what can be tapped on it."""

from collections.abc import Iterator

import msgspec


class Button(msgspec.Struct, frozen=True, kw_only=True):
    """A button under a text or a card, or a quick reply below the message."""

    type: str = ""
    content_type: str = ""
    title: str = ""
    payload: str = ""
    url: str = ""
    image_url: str = ""


class Amount(msgspec.Struct, frozen=True, kw_only=True):
    """A named sum of a receipt's adjustments."""

    name: str = ""
    amount: float | str = 0


class Action(msgspec.Struct, frozen=True, kw_only=True):
    """What a picture of an image grid does when it is tapped."""

    type: str = ""
    text: str = ""
    payload: str = ""


class GridImage(msgspec.Struct, frozen=True, kw_only=True):
    """One picture of an image grid."""

    url: str
    action: Action | None = None


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """One element of a carousel, or one line of a receipt."""

    title: str = ""
    subtitle: str = ""
    image_url: str = ""
    url: str = ""
    media_type: str = ""
    quantity: float | str | None = None
    price: float | str | None = None
    buttons: tuple[Button, ...] = ()
    images: tuple[GridImage, ...] = ()

    @property
    def taps(self) -> tuple[Button, ...]:
        """What can be tapped on it: its pictures, then its buttons."""
        acting = [image.action for image in self.images if image.action]
        pictures = [Button(type=action.type, title=action.text, payload=action.payload) for action in acting]
        return (*pictures, *self.buttons)


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """A receipt's sums."""

    subtotal: float | str | None = None
    shipping_cost: float | str | None = None
    total_tax: float | str | None = None
    total_cost: float | str | None = None


class Payload(msgspec.Struct, frozen=True, kw_only=True):
    """What an attachment holds: the address of a file, or a template."""

    template_type: str = ""
    url: str = ""
    attachment_id: int | str = ""
    text: str = ""
    title: str = ""
    elements: tuple[Card, ...] = ()
    buttons: tuple[Button, ...] = ()
    order_number: str = ""
    payment_method: str = ""
    recipient_name: str = ""
    summary: Summary | None = None
    adjustments: tuple[Amount, ...] = ()


class Attachment(msgspec.Struct, frozen=True, kw_only=True):
    """A picture, a file or a template."""

    type: str
    payload: Payload | None = None


class Bubble(msgspec.Struct, frozen=True, kw_only=True):
    """One message of the bot, as drawn on the shopper's phone."""

    text: str = ""
    metadata: str = ""
    attachment: Attachment | None = None
    attachments: tuple[Attachment, ...] = ()
    quick_replies: tuple[Button, ...] = ()

    @property
    def cards(self) -> tuple[Card, ...]:
        """The carousel's cards or the receipt's lines; none for a plain text."""
        payload = self.attachment.payload if self.attachment else None
        return payload.elements if payload else ()

    @property
    def buttons(self) -> tuple[Button, ...]:
        """What can be tapped on the message itself, in the order drawn; quick replies not counted."""
        payload = self.attachment.payload if self.attachment else None
        if not payload:
            return ()
        return payload.buttons + tuple(button for card in payload.elements for button in card.taps)

    @property
    def pictures(self) -> tuple[str, ...]:
        """The addresses of every picture on it."""
        drawn = [a.payload.url for a in (self.attachment, *self.attachments) if a and a.payload and a.payload.url]
        grids = [image.url for card in self.cards for image in card.images]
        return tuple(drawn + [card.image_url for card in self.cards if card.image_url] + grids)

    def words(self) -> str:
        """All its words, a line for each part."""
        return "\n".join(line for line in self._lines() if line)

    def _lines(self) -> Iterator[str]:
        yield self.text
        payload = self.attachment.payload if self.attachment else None
        if not payload:
            return
        yield payload.text
        yield payload.title
        if payload.template_type == "receipt":
            yield f"Order {payload.order_number}"
            yield payload.recipient_name
            yield payload.payment_method
        for card in payload.elements:
            quantity = f" x {card.quantity:g}" if isinstance(card.quantity, float | int) else ""
            yield f"{card.title}{quantity}"
            yield card.subtitle
        for adjustment in payload.adjustments:
            yield f"{adjustment.name} {_amount(adjustment.amount)}"
        if payload.summary:
            yield f"Total {_amount(payload.summary.total_cost)}"


class _Sent(msgspec.Struct, frozen=True):
    message: Bubble = Bubble()


_decode = msgspec.json.Decoder(_Sent)


def _amount(said: float | str | None) -> str:
    """An amount of a receipt with two decimals; one that came as text stays as it is."""
    return f"{said:,.2f}" if isinstance(said, int | float) else said or ""


def drawn(body: bytes) -> Bubble:
    """The message of a send, decoded.

    Args:
        body: The request's body as JSON; it has passed Graph's checks.
    """
    return _decode.decode(body).message
