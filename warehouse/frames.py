"""How frames hold text in a process: composition roots say it once, before there is any."""

from __future__ import annotations

import pandas as pd


def hold_text_as_python() -> None:
    """Have frames hold text as Python's own strings, which they mean by the type `str` either way.

    Ours have some ten thousand rows at most, of which cells are taken one by one: where pandas holds
    them in Arrow, made for millions, a build takes a quarter longer and a first view a sixth.
    """
    pd.set_option("mode.string_storage", "python")
