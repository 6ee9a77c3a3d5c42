"""What every noun of the console is made of: its list, its pages, its saves, and what shoppers see of it."""
