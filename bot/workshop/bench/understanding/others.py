"""What a linear model of pieces of words makes of the same texts, where scikit-learn is installed; and rapidfuzz."""

from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from zlib import crc32

from rapidfuzz import fuzz, process, utils

Said = tuple[str, str]
Guess = tuple[str, float]
"""What a text is about, and how sure that is."""


def linear(train: Sequence[Said], asked: Sequence[str]) -> list[Guess] | None:
    """What a linear support vector machine over words, pairs and pieces of words guesses; None where it is not there.

    Args:
        train: Texts with what they are about.
        asked: Further texts.
    """
    if find_spec("sklearn") is None:
        return None
    text, pipeline = import_module("sklearn.feature_extraction.text"), import_module("sklearn.pipeline")
    model = pipeline.make_pipeline(
        pipeline.make_union(
            text.TfidfVectorizer(analyzer="word", ngram_range=(1, 2), sublinear_tf=True),
            text.TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True),
        ),
        import_module("sklearn.svm").LinearSVC(C=1),
    )
    model.fit([said for said, _ in train], [about for _, about in train])
    scores = model.decision_function(list(asked))
    return [(str(model.classes_[row.argmax()]), float(row.max())) for row in scores]


def linear_refusing(train: Sequence[Said], asked: Sequence[str], *, none: str) -> list[str] | None:
    """What the linear model says where it may also say that a text is about nothing known; None where it is not there.

    How sure it must be is chosen on the texts that it learns from: on a third of them, and on whole intents, both held
    back.

    Args:
        train: Texts with what they are about.
        asked: Further texts.
        none: What a text is about that is about nothing known.
    """
    unknown = {about for _, about in train if crc32(about.encode()) % 4 == 0}
    known = [said for said in train if said[1] not in unknown and crc32(said[0].encode()) % 3]
    held = [said for said in train if said not in known]
    tried, guesses = linear(known, [text for text, _ in held]), linear(train, asked)
    if tried is None or guesses is None:
        return None
    scored = [(score, found == about) for (found, score), (_, about) in zip(tried, held, strict=True)]
    is_none = [about in unknown for _, about in held]

    def right(least: float) -> int:
        return sum(is_right if score >= least else no for (score, is_right), no in zip(scored, is_none, strict=True))

    least = max((score for score, _ in scored), key=right)
    return [found if score >= least else none for found, score in guesses]


def nearest(train: Sequence[Said], asked: Sequence[str]) -> list[Guess]:
    """What the text that is nearest by rapidfuzz's ratio of sorted words is about.

    Args:
        train: Texts with what they are about.
        asked: Further texts.
    """
    texts = [said for said, _ in train]
    guesses: list[Guess] = []
    for said in asked:
        near = process.extractOne(said, texts, scorer=fuzz.token_sort_ratio, processor=utils.default_process)
        guesses.append((train[near[2]][1], near[1]) if near else ("", 0.0))
    return guesses
