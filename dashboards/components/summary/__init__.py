"""Parts of the summary: what its sentences say, its scorecard in short, what has changed."""
