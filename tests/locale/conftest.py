"""Machines under load are slow; a property is not wrong because of that."""

from hypothesis import settings

settings.register_profile("house", deadline=None)
settings.load_profile("house")
