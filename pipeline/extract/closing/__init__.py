"""The closing block: who signed, with what title, and to whom the letter goes."""
