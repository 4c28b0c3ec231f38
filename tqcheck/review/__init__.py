"""Many HTML reports from one local page, for editors on one machine: an index, and decisions in one database."""
