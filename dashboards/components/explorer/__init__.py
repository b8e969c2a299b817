"""Parts of the trade explorer: what is asked, the series made of it, the views of them, what made them grow."""
