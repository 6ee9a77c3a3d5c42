"""People of the shop in the chats: the bot is quiet, shoppers ask for them, they write."""
