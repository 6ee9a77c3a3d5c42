"""What people type once they have ordered: what they want of the order, how they liked it, how angry they are."""
