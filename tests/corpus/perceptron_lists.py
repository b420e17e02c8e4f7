import random
random.seed(10)
weights = [random.uniform(-1, 1) for _ in range(2)]
bias = 0
AND = [([0, 0], 0), ([0, 1], 0), ([1, 0], 0), ([1, 1], 1)]
eta = 0.1
def step(x): return 1 if x >= 0 else 0
epoch = 0
while True:
    errors = 0
    random.shuffle(AND)
    for inputs, target in AND:
        total = sum(w * x for w, x in zip(weights, inputs)) + bias
        out = step(total)
        err = target - out
        if err:
            errors += 1
            weights = [w + eta * err * x for w, x in zip(weights, inputs)]
            bias += eta * err
    epoch += 1
    if errors == 0 or epoch > 50:
        break
print("converged after", epoch, "epochs:", weights, bias)
matrix = [[1, 2], [3, 4]]
transposed = [list(col) for col in zip(*matrix)]
product = [[sum(a * b for a, b in zip(row, col)) for col in transposed] for row in matrix]
print(product)
