"""Scripts that make data and models, and benches that measure."""
