import csv
import os
import numpy as np

here = os.path.dirname(os.path.abspath(__file__))
path = os.path.join(here, "iris_few.csv")
rows, species = [], []
with open(path) as f:
    reader = csv.reader(f)
    header = next(reader)
    for row in reader:
        rows.append([float(v) for v in row[:4]])
        species.append(row[4])
X = np.array(rows)
classes = sorted(set(species))
y = np.array([classes.index(s) for s in species])
print(header, X.shape, classes)
same = np.genfromtxt(path, delimiter=",", skip_header=1, usecols=(0, 1, 2, 3))
assert np.array_equal(X, same)
mean, std = X.mean(axis=0), X.std(axis=0)
X = (X - mean) / std
np.random.seed(4)
W = np.random.randn(4, len(classes)) * 0.1
T = np.zeros((len(y), len(classes)))
T[np.arange(len(y)), y] = 1
for epoch in range(15):
    logits = X @ W
    logits -= np.max(logits, axis=1, keepdims=True)
    P = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    loss = -np.mean(np.sum(T * np.log(P), axis=1))
    dW = X.T @ (P - T) / len(X)
    W -= 0.5 * dW
    if epoch % 5 == 0:
        print("%3d %.4f" % (epoch, loss))
os.makedirs("model", exist_ok=True)
np.savez("model/weights.npz", W=W, mean=mean)
with open("model/log.txt", "w") as log:
    log.write("loss %.4f\n" % loss)
    print("accuracy", np.mean(P.argmax(1) == y), file=log)
loaded = np.load("model/weights.npz")
print(np.array_equal(loaded["W"], W), open("model/log.txt").read().strip())
