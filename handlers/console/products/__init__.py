"""The screen of products: what the shop sells, with prices, pictures, sizes, categories and brands."""
