import numpy as np
np.random.seed(1)
X = np.random.randn(12, 5)
Y = np.eye(3)[np.random.randint(0, 3, 12)]
keep_prob, lr, lambd = 0.8, 0.1, 0.01
W1, b1 = np.random.randn(5, 6) * np.sqrt(2. / 5), np.zeros(6)
W2, b2 = np.random.randn(6, 3) * np.sqrt(2. / 6), np.zeros(3)

def relu(z): return np.maximum(0, z)

def softmax(z):
    shifted = z - z.max(axis=1, keepdims=True)
    e = np.exp(shifted)
    return e / e.sum(axis=1, keepdims=True)

for epoch in range(10):
    Z1 = X @ W1 + b1
    A1 = relu(Z1)
    D1 = np.random.rand(*A1.shape) < keep_prob
    A1 = A1 * D1 / keep_prob
    Z2 = A1 @ W2 + b2
    P = softmax(Z2)
    cross_entropy = -np.sum(Y * np.log(P + 1e-12)) / len(X)
    cost = cross_entropy + lambd / 2 * (np.sum(W1 ** 2) + np.sum(W2 ** 2))
    dZ2 = (P - Y) / len(X)
    dW2 = A1.T @ dZ2 + lambd * W2
    db2 = dZ2.sum(axis=0)
    dA1 = dZ2 @ W2.T
    dA1 *= D1
    dA1 /= keep_prob
    dZ1 = dA1 * (Z1 > 0)
    dW1 = X.T @ dZ1 + lambd * W1
    db1 = dZ1.sum(axis=0)
    for param, grad in zip((W1, b1, W2, b2), (dW1, db1, dW2, db2)):
        param -= lr * grad
print("final cost", round(cost, 6))
