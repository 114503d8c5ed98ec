"""How what is known is set out on a page: answers, passages, tables, charts and timelines."""
