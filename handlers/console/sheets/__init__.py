"""The screen of sheets: products from a file, looked at before they are written, taken back, and exported."""
