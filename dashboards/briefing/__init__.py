"""The briefing: what a manager takes to a meeting, made once as a value and written in three forms."""
