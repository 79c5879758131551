"""What shows cookies: the dialog of all of them, the form of one, the words of both."""
