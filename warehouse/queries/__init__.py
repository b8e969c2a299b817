"""The questions that can be asked; each answers with a tidy frame or a record of the catalogue."""
