"""What leaves the desk: papers, tables and archives, each made from the numbers of the desk and read back."""
