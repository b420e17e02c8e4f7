import numpy as np

def f(theta, X, y):
    W1 = theta[:6].reshape(2, 3); W2 = theta[6:9].reshape(3, 1)
    h = np.tanh(X @ W1)
    return 0.5 * np.mean((h @ W2 - y) ** 2)

def analytic(theta, X, y):
    W1 = theta[:6].reshape(2, 3)
    W2 = theta[6:9].reshape(3, 1)
    h = np.tanh(X @ W1)
    d_out = (h @ W2 - y) / len(X)
    g2 = h.T @ d_out
    g1 = X.T @ ((d_out @ W2.T) * (1 - h ** 2))
    return np.concatenate([g1.ravel(), g2.ravel()])

np.random.seed(6)
X, y = np.random.randn(5, 2), np.random.randn(5, 1)
theta = np.random.randn(9)
eps = 1e-6
numeric = np.zeros_like(theta)
for i in range(theta.size):
    old = theta[i]
    theta[i] = old + eps; up = f(theta, X, y)
    theta[i] = old - eps; down = f(theta, X, y)
    theta[i] = old
    numeric[i] = (up - down) / (2 * eps)
exact = analytic(theta, X, y)
relative = np.linalg.norm(numeric - exact) / (np.linalg.norm(numeric) + np.linalg.norm(exact))
print("OK" if relative < 1e-7 else "WRONG", "%.1e" % relative > "0")
with np.errstate(divide='ignore', invalid='ignore'):
    ratio = numeric / exact
print(np.allclose(ratio, 1, atol=1e-5))
for step in range(5):
    g = analytic(theta, X, y)
    theta -= 0.1 * g
    print(step, '%.8f' % f(theta, X, y))
