"""The commands of `python -m etl`, one module for each, loaded when it is asked for."""
