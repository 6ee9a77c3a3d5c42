"""The background work: a runner, and one file per queue."""
