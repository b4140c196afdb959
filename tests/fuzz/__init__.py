"""Fuzzing with atheris: run by hand, for as long as one likes. See clean.py."""
