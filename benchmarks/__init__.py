"""What `make bench` measures: our pages and server beside those of others, with public tools."""
