"""One small module for each form in which figures arrive, holding only what is odd about it."""
