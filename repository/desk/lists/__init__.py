"""The lists of the order desk: what is in them, what needs a person, the search, saved views."""
