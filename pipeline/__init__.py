"""congvan: scanned Vietnamese official letters as records."""
