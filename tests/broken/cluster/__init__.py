"""A shop on three nodes of a Galera cluster, of which one after the other is lost."""
