import numpy as np

def get_batches(X, y, batch_size, shuffle=True):
    indices = np.arange(len(X))
    if shuffle:
        np.random.shuffle(indices)
    for start in range(0, len(X), batch_size):
        batch = indices[start:start + batch_size]
        yield X[batch], y[batch]

np.random.seed(3)
X = np.random.randn(20, 3)
true_w = np.array([[1.5], [-2.0], [0.7]])
y = X @ true_w + 0.1 * np.random.randn(20, 1)
w = np.zeros((3, 1))
b = 0.0
lr = 0.1
history = {'loss': [], 'w': []}
for epoch in range(4):
    epoch_loss = 0
    for X_batch, y_batch in get_batches(X, y, batch_size=6):
        pred = X_batch @ w + b
        error = pred - y_batch
        loss = np.mean(error ** 2)
        grad_w = 2 * X_batch.T @ error / len(X_batch)
        grad_b = 2 * error.mean()
        w -= lr * grad_w
        b -= lr * grad_b
        epoch_loss += loss
    history['loss'].append(epoch_loss)
    history['w'].append(w.copy())
    print(f"epoch {epoch}: {epoch_loss:.4f}", *w.ravel().round(3), sep="  ")
