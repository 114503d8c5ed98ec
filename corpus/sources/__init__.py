"""What a document says of itself: its council, body, date, kind and title."""
