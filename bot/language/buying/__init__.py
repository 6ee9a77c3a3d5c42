"""What people type while they buy: what of the screen they mean, who receives it, what shall be other than it was."""
