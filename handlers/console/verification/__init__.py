"""The review of proofs: what waits, one at a time, by keyboard."""
