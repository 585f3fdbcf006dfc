"""A city of many bureaus around the seeded one, seeded random, to try and to measure with (`manage.py demo_city`)."""
