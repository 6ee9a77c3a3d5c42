"""What is written below the page's posts: answered, claimed, kept apart."""
