"""Which of two wordings a shopper hears, where a merchant tries them against each other."""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from replies.base import Reply
from replies.talk import CannedAnswer
from repository.wording.trials import Trial


def worded(replies: Sequence[Reply], trials: Mapping[str, Trial], shopper_id: int) -> Sequence[Reply]:
    """What is said, in the wording that this shopper always hears.

    Args:
        replies: What the bot says.
        trials: What is tried, by the words of the reply.
        shopper_id: `users.id`.
    """
    if not trials:
        return replies
    return [_worded(reply, trials, shopper_id) if isinstance(reply, CannedAnswer) else reply for reply in replies]


def _worded(reply: CannedAnswer, trials: Mapping[str, Trial], shopper_id: int) -> Reply:
    trial = trials.get(reply.response)
    if trial is None or trial.wording_for(shopper_id) == "a":
        return reply
    return replace(reply, response=trial.words_b)
