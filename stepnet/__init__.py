"""A time-travelling debugger for neural-network training scripts, without a face."""
