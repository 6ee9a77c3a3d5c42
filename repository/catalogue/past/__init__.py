"""What happened to a product: every save, every move of its stock, every sheet that changed it."""
