"""Rules that turn raw values into points, 0 to 100."""
