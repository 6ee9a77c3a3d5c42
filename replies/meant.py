"""What may have been meant, where nothing is sure enough."""

from collections.abc import Sequence
from typing import Annotated, ClassVar, Self

import msgspec

from bot.messenger.messages import Message, Text
from replies.base import About, Say
from replies.parts import Said, common, named
from replies.taps_talk import PickReply


class Topic(msgspec.Struct, frozen=True):
    """A canned reply that can be picked.

    Attributes:
        id: `chatbot_replies.id`.
        keyword: What it answers.
    """

    id: int
    keyword: str


class DidYouMean(Said, frozen=True):
    """A text that may be about one of several things that the merchant has answers to."""

    name: ClassVar[str] = "talk.did_you_mean"
    about: ClassVar[str] = "A text that may be about one of several things that the merchant has answers to"
    topics: Annotated[tuple[Topic, ...], About("The canned replies that may be meant, each with its first phrase")]

    def messages(self, say: Say) -> Sequence[Message]:
        picks = tuple(named(topic.keyword, PickReply(reply_id=topic.id)) for topic in self.topics)
        text = say(self.name, topics=[topic.keyword for topic in self.topics])
        return [Text(text=text, quick_replies=(*picks, *common(say, "person", "search", "menu")))]

    @classmethod
    def example(cls) -> Self:
        return cls(topics=(Topic(id=1, keyword="shipping fee"), Topic(id=2, keyword="where is my parcel")))
