"""Parts of the profile of an economy: its place in the group's trade, partners, territory, context."""
