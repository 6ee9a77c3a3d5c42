"""Who may be trusted: risk, blocked people, identity papers and their review."""
