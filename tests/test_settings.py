"""What the environment chooses."""

from __future__ import annotations

from pathlib import Path

import pytest

from settings import Settings


def test_a_variable_chooses_a_setting(monkeypatch: pytest.MonkeyPatch):
    """The name in capitals is read, as a path where the setting is one."""
    monkeypatch.setenv("DATA_DIR", "/srv/figures")
    monkeypatch.setenv("BULK_MEMORY", "8GB")

    chosen = Settings.read()

    assert (chosen.data_dir, chosen.bulk_memory) == (Path("/srv/figures"), "8GB")


def test_an_empty_variable_chooses_nothing(monkeypatch: pytest.MonkeyPatch):
    """Composers of containers hand on variables that nobody has set as empty text."""
    monkeypatch.setenv("WAREHOUSE_URL", "")

    assert Settings.read().warehouse_url == Settings().warehouse_url


def test_a_key_is_told_to_nobody_by_chance(monkeypatch: pytest.MonkeyPatch):
    """Settings are shown in traces and logs; the key of a publisher is not."""
    monkeypatch.setenv("COMTRADE_KEY", "0123456789abcdef")

    assert Settings.read().comtrade_key == "0123456789abcdef"
    assert "0123456789abcdef" not in repr(Settings.read())
