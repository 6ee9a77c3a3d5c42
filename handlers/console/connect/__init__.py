"""The screen that connects the shop with a page on Facebook."""
