"""Use cases: fill in variables, prepare, run one Exchange. Takes the network as an argument."""
