"""Reading a 277: what each claim or request has come to."""
