"""Models from outside: what there is, fetched when it is asked for by name, checked, kept, offline from then on."""
