"""Parts of the page of two economies: both sides, every source, products, what was promised and said."""
