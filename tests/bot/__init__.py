"""What is checked of the floor and the roof."""
