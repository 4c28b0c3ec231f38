"""Two documents -> a bitext: sentences to sentences, then words to words."""
