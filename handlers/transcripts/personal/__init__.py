"""What is personal in a conversation: known, heard, and put out of sight."""
