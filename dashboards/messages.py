"""Marks on texts that are to be translated: they stand where a text is written, and do nothing."""

from __future__ import annotations


def message(text: str) -> str:
    """Mark a text for translation where it is written; `Locale.text` translates it where it is shown."""
    return text


def messages(singular: str, plural: str) -> tuple[str, str]:
    """Mark a text that counts something; `Locale.plural` translates it."""
    return singular, plural
