"""Several pages of one person, all served by one app: each has its own people, token and profile."""

from bot.workshop.emulator.facebook import Facebook


def join(page: Facebook, first: Facebook) -> None:
    """Let a page stand beside another: the same person has both, and the same app is told of both.

    Args:
        page: The one that is new.
        first: The other.
    """
    page.pages = first.pages
    page.pages.append(page)
    page.files, page.base_url, page.closing = first.files, first.base_url, first.closing
    page.courier.url = first.courier.url


def page_for(facebook: Facebook, token: str, node: str = "") -> Facebook:
    """The page that a call is about: the token's own, else the one that is named, else the first.

    Args:
        facebook: Any of the pages.
        token: As the call gives it.
        node: The first part of its path.
    """
    by_token = [page for page in facebook.pages if token == page.app.page_token]
    named = [page for page in facebook.pages if node == page.app.page_id]
    return next(iter(by_token or named), facebook.pages[0])
