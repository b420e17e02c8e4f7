"""Why a statement is what it is, in a sentence or two about its own names, shapes and numbers."""
