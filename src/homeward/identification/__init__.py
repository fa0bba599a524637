"""From a case to named identifications: weigh every pair, resolve them together, conclude."""
