"""Sites and what was found on them."""
