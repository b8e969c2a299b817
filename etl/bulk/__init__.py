"""Bulk trade data, too large for a frame: added up where they lie, and only the sums come in."""
