"""Facts of which a candidate has many: partners, regulations, innovations, scores."""
