"""Bitext -> bitext with machine translation."""
