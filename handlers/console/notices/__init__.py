"""What merchants are told, and the templates by which shoppers are told outside of the window."""
