"""What comes: a parcel to its shopper, and a shopper to the shop again."""
