"""The stand-ins of what is known by its shape: the same number, link or mail address is the same one everywhere."""

import re

from handlers.transcripts.personal.known import DIGITS, own_numbers
from handlers.transcripts.personal.shapes import with_digits

_HOST = re.compile(r"https?://[^/\s\"]+(?=/)")


class Given:
    """What was given instead of what, so that it is given again."""

    def __init__(self) -> None:
        self._said: dict[str, str] = {}
        self._counts: dict[str, int] = {}

    def instead(self, shape: str, text: str) -> str:
        """What stands in the place of something.

        Args:
            shape: By which it was known: a name in `shapes.FORMS`, or `house`.
            text: What it is.
        """
        match shape:
            case "link":
                return self.link(text)
            case "mail":
                bare = re.sub(r"\s*(?:\(at\)|\[at\]|\bat\b)\s*", "@", text.lower())
                bare = re.sub(r"\s+", "", re.sub(r"\s*\bdot\b\s*", ".", bare))
                return self.stand("mail", bare, "suki{}@example.com")
            case "map":
                return "14.6, 121.0"
            case "born":
                return "January 1, 1990"
            case "order":
                return self.stand("order", text, "ORD-20260101-STANDIN{}")
            case "handle":
                return self.stand("handle", text.lower(), "@suki{}")
            case "phone" | "number" if re.sub(r"\D", "", text)[-10:] in own_numbers():
                return text
            case "phone":
                text = re.sub("o", "0", text, flags=re.IGNORECASE)
                stand = self.stand("phone", re.sub(r"\D", "", text)[-10:], "{}")
                return with_digits(text, f"917000{int(stand):04}")  # a known beginning, and a number that nobody has
            case "spelled":  # what is said in words is the same number in figures
                figures = "".join(str(DIGITS[word]) for word in re.findall(r"[a-z]+", text.lower()))
                stand = self.stand("phone", figures[-10:], "{}")
                return f"0917 000 {int(stand):04}"
            case "house":
                return self.stand("house", re.sub(r"\W", "", text.lower()), "unit {}")
            case _:
                digits = re.sub(r"\D", "", text)
                stand = self.stand("number", digits, "{}")
                return with_digits(text, stand.rjust(len(digits), "7")[-len(digits) :])

    def link(self, url: str) -> str:
        """What stands in the place of a link; a product's picture keeps its name.

        Args:
            url: The link.
        """
        if re.search(r"/(?:goods|pictures)/[^/]+$", url):
            return _HOST.sub("https://shop.example", url)  # a product's
        return self.stand("link", url, "https://links.example/{}")

    def stand(self, kind: str, value: str, form: str) -> str:
        """What stands in the place of a value of some kind.

        Args:
            kind: Such as `mail`.
            value: The value, written in one way.
            form: How a new one is made of its number.
        """
        key = f"{kind} {value}"
        if key not in self._said:
            self._said[key] = form.format(self.count(kind))
        return self._said[key]

    def count(self, kind: str) -> int:
        """The next number of a kind.

        Args:
            kind: Such as `street`.
        """
        self._counts[kind] = self._counts.get(kind, 0) + 1
        return self._counts[kind]
