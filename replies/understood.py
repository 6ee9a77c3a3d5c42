"""What was understood of an answer to checkout: a correction, or that it can hardly be one."""

from collections.abc import Sequence
from typing import Annotated, ClassVar, Self

from bot.messenger.messages import Message, Text
from replies.base import About, Say
from replies.delivery import spoken
from replies.orders import payment
from replies.parts import Said
from replies.words import cut


class Noted(Said, frozen=True, kw_only=True):
    """A correction was understood: what is known now."""

    name: ClassVar[str] = "checkout.noted"
    about: ClassVar[str] = "A correction was understood: what is known now"
    phone: Annotated[str, About("The new phone number; empty where another part was corrected")] = ""
    method: Annotated[str, About('The new way to pay, such as "gcash"; empty where another part was corrected')] = ""
    recipient: Annotated[str, About("Who receives it now; empty where another part was corrected")] = ""
    address: Annotated[str, About("What was said of the address; empty where another part was corrected")] = ""
    wish: Annotated[str, About("When it shall come, as typed; empty where another part was corrected")] = ""
    landmark: Annotated[str, About("What the address is beside; empty where another part was corrected")] = ""
    request: Annotated[str, About("What the packer or the rider is asked to do, as typed; empty for any other")] = ""
    promo: Annotated[str, About("The promo code that shall be used; empty where another part was corrected")] = ""

    def messages(self, say: Say) -> Sequence[Message]:
        text = say(
            self.name,
            phone=spoken(self.phone),
            method=payment(say, self.method) if self.method else "",
            recipient=cut(self.recipient, 100),
            address=cut(self.address, 200),
            promo=cut(self.promo, 50),
            wish=cut(self.wish, 200),
            landmark=cut(self.landmark, 200),
            request=cut(self.request, 200),
        )
        return [Text(text=text)]

    @classmethod
    def example(cls) -> Self:
        return cls(phone="+639285550143")


class Doubted(Said, frozen=True, kw_only=True):
    """An answer that can hardly be one: asked again, once."""

    name: ClassVar[str] = "checkout.doubted"
    about: ClassVar[str] = "An answer that can hardly be one: asked again, once"
    part: Annotated[str, About('What was asked: "recipient", "address", "barangay" or "city"')]
    typed: Annotated[str, About("What was typed")]

    def messages(self, say: Say) -> Sequence[Message]:
        return [Text(text=say(self.name, part=self.part, typed=cut(self.typed, 60)))]

    @classmethod
    def example(cls) -> Self:
        return cls(part="city", typed="mug")


class WhyAsked(Said, frozen=True):
    """Why something is asked in checkout, where that was asked back."""

    name: ClassVar[str] = "checkout.why_asked"
    about: ClassVar[str] = "Why something is asked in checkout, where that was asked back"
    part: Annotated[str, About('What was asked: "recipient", "phone", "address" or "landmark"')]

    def messages(self, say: Say) -> Sequence[Message]:
        return [Text(text=say(self.name, part=self.part))]

    @classmethod
    def example(cls) -> Self:
        return cls(part="phone")
