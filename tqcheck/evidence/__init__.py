"""What speaks for and against each word of a pair: is it rendered in the other text, and rightly?"""
