"""The web composition root: settings → warehouse → app → server."""

from dashboards.factory import create_app
from settings import Settings
from warehouse.engine import Warehouse
from warehouse.frames import hold_text_as_python

hold_text_as_python()
_settings = Settings.read()
app = create_app(Warehouse(_settings.warehouse_url), _settings.static_dir)
server = app.server
