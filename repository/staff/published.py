"""What the public text of the database gives away: no account may be left with it."""

PUBLISHED_HASH = "$2b$12$LQv3c1yqBWVHxkd0LHAkCOYz6TtxMQJqhN8/LewY5eoT9qbE3NJke"
"""The password hash of the example administrator in the public text: the whole world may know its password."""
