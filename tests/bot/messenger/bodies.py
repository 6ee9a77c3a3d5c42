"""Recorded webhook bodies: this project's own, and a collection of real ones where it lies beside the project."""

from pathlib import Path

_HERE = Path(__file__).resolve().parent

OWN = {path.stem: path.read_bytes() for path in sorted((_HERE / "bodies").glob("*.json"))}


def collected() -> dict[str, bytes]:
    """Every body of `shared/data/webhooks` in a folder above the project; the project's own where there is none."""
    for folder in _HERE.parents:
        found = sorted((folder / "shared" / "data" / "webhooks").glob("*.json"))
        if found:
            return {path.stem: path.read_bytes() for path in found}
    return OWN
