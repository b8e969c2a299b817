"""Names that hold the fingerprint of what they name, so that a browser may keep it for good."""

from __future__ import annotations

import hashlib


def fingerprint(content: bytes) -> str:
    """Digest a content to twelve hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()[:12]


def fingerprinted(name: str, content: bytes) -> str:
    """Put the fingerprint of a file's content before its suffix."""
    stem, dot, suffix = name.rpartition(".")
    return f"{stem}.{fingerprint(content)}{dot}{suffix}"
