"""Who changed what, and how it was before."""
