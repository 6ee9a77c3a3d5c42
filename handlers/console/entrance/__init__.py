"""Coming in and going out: passwords, codes, invitations, and one's own account."""
