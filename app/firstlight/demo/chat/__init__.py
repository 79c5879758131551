"""The chat model: a small n-gram model learnt from the bundled texts."""
