"""What holds for every test."""

from hypothesis import settings

settings.register_profile("house", deadline=None)  # tests do not time: that is for bench/
settings.load_profile("house")
