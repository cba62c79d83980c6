"""What was answered: survey files of every kind, read into one form."""
