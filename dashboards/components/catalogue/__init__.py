"""Parts of the data page: the catalogue and its entries, coverage, quality, revisions, rejections, the build."""
