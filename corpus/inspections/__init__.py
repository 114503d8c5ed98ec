"""What documents tell of inspections: when they were, what was judged, and what came of them."""
