"""Where somebody comes from, read from what links carry: refs, addresses in texts, titles of posts."""
