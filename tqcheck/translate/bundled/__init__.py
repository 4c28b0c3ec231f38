"""The translator that comes with the package."""
