"""What is known of one language, and of two beside each other."""
