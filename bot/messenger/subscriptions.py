"""What the shop asks Facebook to send, and with which version and rights. The only table of them."""

from collections.abc import Mapping
from datetime import date

FIELDS = (
    "messages",
    "messaging_postbacks",
    "messaging_referrals",
    "messaging_optins",
    "message_echoes",
    "message_deliveries",
    "message_reads",
    "message_reactions",
    "message_edits",
    "messaging_handovers",
    "standby",
    "messaging_policy_enforcement",
    "message_template_status_update",
    "send_cart",
    "messaging_customer_information",
    "feed",
)
"""The webhook fields that this program reads (contract/messenger.md, section 2)."""
SCOPES = ("pages_messaging", "pages_manage_metadata")
"""Permissions without which a page's token cannot send, or not be told of events."""
NICE_SCOPES: Mapping[str, str] = {
    "pages_utility_messaging": "notices after 24 hours wait until the shopper writes again",
    "pages_read_engagement": "comments below posts are not heard, and nobody who comments is answered",
    "pages_read_user_content": "Facebook does not say who wrote a comment, or what it says",
    "pages_manage_engagement": "nobody is told below their comment to look into their inbox",
}
"""Permissions that something needs, and what is lost without each."""
ENDS: Mapping[str, date] = {
    "v21.0": date(2027, 1, 21),
    "v22.0": date(2027, 5, 20),
    "v23.0": date(2027, 10, 8),
    "v24.0": date(2028, 2, 18),
    "v25.0": date(2028, 7, 29),
    "v26.0": date(2028, 11, 4),
}
"""Until when a version of the Graph API is answered: where Meta has said so (Graph API changelog), else two years after
the one that followed it (v26.0: v27.0 came on 2026-11-04). A call to an older one is answered by the oldest that still
is, which may behave otherwise."""
OLDEST = (21, 0)
"""The oldest version that is still answered on 2026-11-28."""
