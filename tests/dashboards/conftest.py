"""What the tests of the dashboards share: the static files, collected once, and an app that serves."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from dash import Dash
from flask.testing import FlaskClient

from dashboards.factory import create_app
from dashboards.i18n import Locale, load_locales
from tests.dashboards import serving
from warehouse.catalog import Language
from warehouse.engine import Warehouse


@pytest.fixture(scope="session")
def static_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The collected static files."""
    return serving.collect(tmp_path_factory.mktemp("static"))


@pytest.fixture(scope="session")
def app(warehouse: Warehouse, static_dir: Path) -> Dash:
    """An app that serves the warehouse of the repository's data/."""
    return create_app(warehouse, static_dir)


@pytest.fixture
def client(app: Dash) -> FlaskClient:
    """A browser without memory."""
    return app.server.test_client(use_cookies=False)


@pytest.fixture(scope="session")
def locales() -> Mapping[Language, Locale]:
    """The four languages with their catalogues."""
    return load_locales()
