"""The safe box: what comes from outside is opened in a bounded child process."""
