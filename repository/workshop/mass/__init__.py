"""A shop with a long history, its rows made by the server from numbers: its orders first, then its chats."""
