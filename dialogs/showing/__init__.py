"""What several dialogs say alike."""
