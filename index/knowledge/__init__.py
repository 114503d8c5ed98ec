"""What a corpus knows beside its passages: its councils, days, inspections and spellings."""
