"""Words that people type, and what they say. No I/O."""
