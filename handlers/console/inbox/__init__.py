"""The inbox: chats as people of the shop see them, with a composer."""
