"""The part of figurecheck that touches the world: command line, readers of copy, store, Prefect flows."""

__version__ = "0.1.0"
