import numpy as np

np.random.seed(3)
X = np.hstack([np.ones((6, 1)), np.random.randn(6, 2)])
y = X @ np.array([1.0, 2.0, -1.0])
y += 0.1 * np.random.randn(6)


def cost(X, y, theta):
    h = X.dot(theta)
    return np.mean((h - y) ** 2) / 2


def descend(X, y, theta, rate, epochs):
    costs = []
    for epoch in range(epochs):
        i = np.random.randint(0, 6)
        row, wanted = X[i : i + 1], y[i]
        guess = row.dot(theta)
        error = guess - wanted
        gradient = 2 * row.T.dot(error)
        theta = theta - rate * gradient
        loss = cost(X, y, theta)
        costs.append(loss)
    return theta, costs


theta = np.zeros(3)
theta, costs = descend(X, y, theta, 0.05, 20)
print(theta, costs[-1])
