"""Many rows in one statement."""

from collections.abc import Sequence

from repository.database.connection import Bound, Statement


def insert_rows(into: str, rows: Sequence[Sequence[Bound]], *, first: str = "") -> Statement:
    """What writes many rows at once.

    Args:
        into: Up to the columns, such as "INSERT IGNORE INTO search_words (word, product_id)".
        rows: The values of each row, in the order of the columns; at least one row.
        first: SQL that stands before each row's values, such as "@qs_order"; empty for none.
    """
    values: dict[str, Bound] = {}
    lines = []
    for number, row in enumerate(rows):
        names = [f"v{number}_{column}" for column in range(len(row))]
        values.update(zip(names, row, strict=True))
        lines.append(f"({', '.join(([first] if first else []) + [f'%({name})s' for name in names])})")
    return Statement(f"{into} VALUES {', '.join(lines)}", values)
