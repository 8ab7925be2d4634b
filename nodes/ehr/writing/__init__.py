"""What goes back into the record: the things to file, and each way an EHR may take them."""
