"""Translates what the network reports into failures: the layer, what was seen, the next step."""
