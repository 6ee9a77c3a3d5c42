"""The first words, the menu and the help."""

from collections.abc import Sequence
from typing import Annotated, ClassVar, Self

from bot.messenger.messages import AnyQuickReply, Buttons, Message, Text
from replies.base import About, Say
from replies.parts import Said, button, common, facts, other_language
from replies.taps import BrowseCategories, MyOrders, OpenCart


class Welcome(Said, frozen=True):
    """Hello from the shop's bot, which says that it is one."""

    name: ClassVar[str] = "welcome.hello"
    about: ClassVar[str] = "Hello from the shop's bot, which says that it is one"
    first_name: Annotated[str, About("The shopper's first name; empty where Facebook has not told it")]
    shop_name: Annotated[str, About("The shop's name")]
    language: Annotated[str, About('The language in which it is said, "en" or "fil", so that the other can be offered')]
    daytime: Annotated[
        str,
        About(
            'The time of day with which the shopper greeted: "morning", "noon", "afternoon", "evening" or "day";'
            " empty for none"
        ),
    ] = ""

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return (*common(say, "products", "best", "promos", "orders"), other_language(say, self.language))

    @classmethod
    def example(cls) -> Self:
        return cls(first_name="Ana", shop_name="Bahay at Baon", language="en")


class ShortHello(Said, frozen=True):
    """Who is answering, before the answer to somebody new who began with a question."""

    name: ClassVar[str] = "welcome.short_hello"
    about: ClassVar[str] = "Who is answering, before the answer to somebody new who began with a question"
    first_name: Annotated[str, About("The shopper's first name; empty where Facebook has not told it")]
    shop_name: Annotated[str, About("The shop's name")]

    def messages(self, say: Say) -> Sequence[Message]:
        return [Text(text=say(self.name, **facts(self)))]

    @classmethod
    def example(cls) -> Self:
        return cls(first_name="Ana", shop_name="Bahay at Baon")


class Menu(Said, frozen=True):
    """What can be done here."""

    name: ClassVar[str] = "welcome.menu"
    about: ClassVar[str] = "What can be done here"
    shop_name: Annotated[str, About("The shop's name")]
    language: Annotated[str, About('The language in which it is said, "en" or "fil", so that the other can be offered')]

    def messages(self, say: Say) -> Sequence[Message]:
        return [
            Buttons(
                text=say("welcome.menu", shop_name=self.shop_name),
                buttons=(
                    button(say, "welcome.button_products", BrowseCategories()),
                    button(say, "welcome.button_cart", OpenCart()),
                    button(say, "welcome.button_orders", MyOrders()),
                ),
                quick_replies=(
                    *common(say, "best", "search", "promos", "shipping", "person"),
                    other_language(say, self.language),
                ),
            )
        ]

    @classmethod
    def example(cls) -> Self:
        return cls(shop_name="Bahay at Baon", language="en")


class HelpText(Said, frozen=True):
    """What the bot understands."""

    name: ClassVar[str] = "welcome.help"
    about: ClassVar[str] = "What the bot understands"
    alone: Annotated[bool, About("Whether nothing more is said after it")] = True

    def messages(self, say: Say) -> Sequence[Message]:
        text = say(self.name, alone=self.alone, person=say("common.quick_person"))
        return [Text(text=text, quick_replies=self.quick_replies(say))]

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        if not self.alone:
            return ()
        return common(say, "products", "cart", "orders", "shipping", "person", "menu")

    @classmethod
    def example(cls) -> Self:
        return cls()


class LanguageSet(Said, frozen=True):
    """From now on the bot answers in this language."""

    name: ClassVar[str] = "welcome.language"
    about: ClassVar[str] = "From now on the bot answers in this language"
    language: Annotated[str, About('The language that was chosen, "en" or "fil"')]

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return (*common(say, "products", "cart", "menu"), other_language(say, self.language))

    @classmethod
    def example(cls) -> Self:
        return cls(language="en")


class OneLanguage(Said, frozen=True):
    """The shop answers in no other language than this one."""

    name: ClassVar[str] = "welcome.one_language"
    about: ClassVar[str] = "The shop answers in no other language than this one"
    alone: Annotated[bool, About("Whether nothing more is said after it")] = True

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return common(say, "products", "cart", "menu") if self.alone else ()

    @classmethod
    def example(cls) -> Self:
        return cls()


class AskLanguage(Said, frozen=True):
    """In which language shall the bot answer?"""

    name: ClassVar[str] = "welcome.ask_language"
    about: ClassVar[str] = "In which language shall the bot answer?"
    language: Annotated[str, About('The language that is spoken now, "en" or "fil"')]
    alone: Annotated[bool, About("Whether nothing more is said after it")] = True

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return (other_language(say, self.language), *common(say, "menu")) if self.alone else ()

    @classmethod
    def example(cls) -> Self:
        return cls(language="en")
