"""What is known of words before any letter is read: bodies, places, surnames, offices, casing, and the data files."""
