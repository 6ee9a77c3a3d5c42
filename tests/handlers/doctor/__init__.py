"""What the doctor says of a shop in which something is wrong."""
