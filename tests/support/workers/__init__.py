"""What many workers would do again and again, done once: how tests are shared out, and what the sources say."""
