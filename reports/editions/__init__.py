"""Editions: opening one, collecting its parts, publishing it. Nothing here knows of a request."""
