"""What comes: what follows each move of an order, a parcel to its shopper, and a shopper to the shop again."""
