"""A Graph API and its shoppers on real sockets, with the limits and errors that Facebook documents."""
