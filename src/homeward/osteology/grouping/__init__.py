"""From evidence about pairs of bones to individuals."""
