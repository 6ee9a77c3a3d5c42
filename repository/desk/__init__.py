"""The order desk: orders listed and searched, one with all that happened, notes and saved views."""
