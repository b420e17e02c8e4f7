"""An error of the script stops the machine at its statement, with the values from before it."""
