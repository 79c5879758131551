"""Variables as they are shown and chosen in every field: colours, hover, completion, the way to their value."""
