"""From files to the warehouse: read, refuse or accept, transform, build."""
