"""The file formats that publishers use, each read by a maintained library and bounded by us."""
