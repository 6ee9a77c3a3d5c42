"""What travels between this program and the server: packets, how they are received, and how long they may take."""
