"""What is counted of the talk with the database."""

import msgspec


class Counts(msgspec.Struct):
    """How often the database was spoken to, for benchmarks: counts don't lie."""

    round_trips: int = 0
    statements: int = 0
    commits: int = 0
