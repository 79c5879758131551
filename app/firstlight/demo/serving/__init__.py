"""The servers that stand alone on a machine, without a gateway before them (VENDORS §6, §8)."""
