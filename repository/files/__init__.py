"""Pictures that people sent or merchants uploaded, encrypted, stored once by what they hold."""
