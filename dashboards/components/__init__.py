"""Parts of pages: functions from records and texts to Dash components."""
