"""Where the data lies, its copies, and every way back after something went wrong."""
