"""Answers that go wrong on purpose, in the ways real services do."""
