"""Parts of the pages of targets: what was promised, what became of it, and what it would take."""
