"""What all tests share."""

from hypothesis import settings

# A slow machine is no failure: no example has a time to keep.
settings.register_profile("project", deadline=None)
settings.load_profile("project")
