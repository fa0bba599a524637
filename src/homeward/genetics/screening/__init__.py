"""Everyone against everyone: families conditioned in batches, samples scored against all of them at once."""
