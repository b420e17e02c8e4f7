"""Where a run stops by itself: breakpoints, data breakpoints, conditions on tensors."""
