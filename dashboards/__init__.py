"""From the warehouse to a browser: figures, components, pages, and the app that serves them."""
