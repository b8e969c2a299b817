"""Arrived tables → warehouse tables; pure functions of frames, one module per topic."""
