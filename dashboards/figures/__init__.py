"""Figures: pure functions from a tidy frame to a plotly figure; they know neither Dash nor the database.

Every frame has the columns `series, period, value, low, high, status`: `series` as the reader
calls it, `value` or `low`–`high` in the kept unit of the indicator.
"""
