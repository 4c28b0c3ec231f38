"""The check as a service: two texts are posted, the report comes back. Models are loaded once, in processes apart."""
