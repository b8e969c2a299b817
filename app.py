"""The web composition root: settings → warehouse → app → server."""

from dashboards.factory import create_app
from settings import Settings
from warehouse.engine import Warehouse

_settings = Settings.read()
app = create_app(Warehouse(_settings.warehouse_url), _settings.static_dir)
server = app.server
