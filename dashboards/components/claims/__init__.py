"""The claims register: what each number that was said is held against, and what comes of it."""
