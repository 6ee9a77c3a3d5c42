"""Proofs of payment and of who somebody is."""
