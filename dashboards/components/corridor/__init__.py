"""Parts of the corridor's page: the map, the days leg by leg and over time, volumes, measured times."""
