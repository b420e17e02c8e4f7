"""The table of derivatives, the only place where mathematics lives, and how it is read.

`operation.operation_of` says which operation an expression is and `idioms.idiom_of` which idiom;
`derive.derivative` writes the adjoint of an operand as NumPy code; `broadcasting.unbroadcast` sums
it to the operand's shape; `terms.cell` takes one entry of a result apart. The rows of the table
stand in `arithmetic`, `functions`, `products`, `reductions`, `arrangement`, `indexing`,
`constants`, and for idioms in `activations`, `softmax`, `losses` and `crossed`.
"""
