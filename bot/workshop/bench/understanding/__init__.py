"""How well shoppers are understood: one module an area, each with `measure`, and the report of all of them."""
