"""A straight line through points, in numbers: two parameters, the gradient in the update."""

points = [(1.5, 3.9), (2.0, 5.2), (3.5, 8.1), (5.0, 10.8)]
slope, start = 0.5, 0.0
lr = 0.01
for epoch in range(4):
    for x, t in points:
        guess = slope * x + start
        slope -= lr * (guess - t) * x
        start -= lr * (guess - t)
print(slope, start)
