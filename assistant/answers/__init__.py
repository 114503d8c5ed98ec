"""From what was found to an answer: which passages answer, in which order, and in which words."""
