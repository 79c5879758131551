"""The words of First Light as frozen values: requests, answers, events, errors. No I/O."""
