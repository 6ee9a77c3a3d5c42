"""Product sheets as people have them, read without any I/O: bytes in, products, refusals and questions out."""
