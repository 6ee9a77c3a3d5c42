"""The doctor: looks at everything that a shop stands on, and says of each thing what was found and what to do."""
