"""When a parcel comes, and what is kept for shoppers who come back."""
