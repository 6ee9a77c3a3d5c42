"""What people type for a value: money and its limits, a variant of a product."""
