"""What all tests share: no deadline for generated examples, since the machine may be busy."""

from hypothesis import settings

settings.register_profile("mutu", deadline=None)
settings.load_profile("mutu")
