"""What the shop keeps of people: for how long, how it tells them, and how it forgets them."""
