"""What a text says of what is sold: of what is on the screen, of lists, of one product."""
