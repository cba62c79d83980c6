"""What an office judges by itself: the file it takes away, the report, and the pages."""
