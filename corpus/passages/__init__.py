"""From the text of a document to its passages: the outline, and what is said of each passage."""
