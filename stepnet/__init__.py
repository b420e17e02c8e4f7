"""A time-travelling debugger for neural-network training, without a face."""
