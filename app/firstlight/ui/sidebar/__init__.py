"""The left side of the window: the collections of the open workspace."""
