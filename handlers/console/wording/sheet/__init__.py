"""All that the shop says as a file: out, and in again."""
