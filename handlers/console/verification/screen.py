"""The screen of proofs that wait for a person."""

from handlers.console.base.pages import Page, Screen
from handlers.console.verification import deciding, feed, listing, pictures, proof, wording

SCREEN = Screen(
    (
        Page("GET", "/verification", listing.show, "orders.approve"),
        Page("GET", "/verification/events", feed.events, "orders.approve"),
        Page("GET", "/verification/next", proof.following, "orders.approve"),
        Page("GET", r"/verification/{id:\d+}", proof.show, "orders.approve"),
        Page("POST", r"/verification/{id:\d+}/approve", deciding.accept, "orders.approve"),
        Page("POST", r"/verification/{id:\d+}/reject", deciding.reject, "orders.approve"),
        Page("POST", r"/verification/{id:\d+}/words", wording.preview, "orders.approve"),
        Page("POST", r"/verification/{id:\d+}/undo", deciding.undo, "orders.approve"),
        Page("GET", r"/files/{id:\d+}", pictures.show, "orders.view"),
        Page("POST", r"/files/{id:\d+}/open", pictures.open_identity, "identity.view"),
    ),
    name="Proofs",
    icon="shield",
)
