"""What a person is told about a request and its answer: explanations of what failed. Pure, from data files."""
