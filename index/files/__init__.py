"""What an index on this machine's disk is made of: generations, and the files of each."""
