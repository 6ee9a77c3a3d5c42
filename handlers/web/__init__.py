"""Pages that belong to no screen: health, pictures."""
