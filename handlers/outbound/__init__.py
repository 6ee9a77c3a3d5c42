"""From the outbox table to Facebook, in order."""
