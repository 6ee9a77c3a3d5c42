"""The words that people have in the columns of a file of replies, and what they mean."""

OWN, CANNED_KIND = "own words", "reply"
KINDS = {"": CANNED_KIND, "reply": CANNED_KIND, "canned": CANNED_KIND, "canned reply": CANNED_KIND}
KINDS |= dict.fromkeys(("own words", "own", "words", "bot", "bot’s own words", "bot's own words"), OWN)
_LANGUAGES = {"": "en", "en": "en", "english": "en", "eng": "en", "en_us": "en", "en_gb": "en", "fil": "fil"}
_LANGUAGES |= dict.fromkeys(("filipino", "tagalog", "tl", "taglish", "fil_ph", "tl_ph"), "fil")
_RULES = {
    "": "word",
    "word": "word",
    "is": "exact",
    "exact": "exact",
    "exactly": "exact",
    "is exactly": "exact",
    "starts_with": "starts_with",
    "starts with": "starts_with",
    "begins with": "starts_with",
    "contains": "contains",
}
_SWITCHES = {"on": "on", "yes": "on", "true": "on", "1": "on", "oo": "on", "active": "on", "x": "on", "✓": "on"}
_SWITCHES |= dict.fromkeys(("off", "no", "false", "0", "hindi", "inactive"), "")
WORDS_OF = {"language": _LANGUAGES, "match_rule": _RULES, "is_active": _SWITCHES}
"""What a cell can say in a column, by field, and what that means."""
