"""Search for officers: from a query to results that can be defended."""
