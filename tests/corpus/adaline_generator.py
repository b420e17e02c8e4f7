import numpy as np


class AdalineSGD(object):
    """ADAptive LInear NEuron classifier, trained on shuffled batches from a generator."""

    def __init__(self, eta=0.01, n_iter=10, shuffle=True, random_state=None, batch=1):
        self.eta = eta
        self.n_iter = n_iter
        self.w_initialized = False
        self.shuffle = shuffle
        self.batch = batch
        self.rgen = np.random.RandomState(random_state)

    def fit(self, X, y):
        self._initialize_weights(X.shape[1])
        self.cost_ = []
        for i in range(self.n_iter):
            cost = []
            for xi, target in self._batches(X, y):
                cost.append(self._update_weights(xi, target))
            avg_cost = sum(cost) / len(y)
            self.cost_.append(avg_cost)
        return self

    def partial_fit(self, X, y):
        if not self.w_initialized:
            self._initialize_weights(X.shape[1])
        for xi, target in zip(X, y):
            self._update_weights(xi[None], np.array([target]))
        return self

    def _batches(self, X, y):
        order = self.rgen.permutation(len(y)) if self.shuffle else np.arange(len(y))
        for start in range(0, len(y), self.batch):
            part = order[start : start + self.batch]
            yield X[part], y[part]

    def _initialize_weights(self, m):
        self.w_ = self.rgen.normal(loc=0.0, scale=0.01, size=1 + m)
        self.w_initialized = True

    def _update_weights(self, xi, target):
        output = self.activation(self.net_input(xi))
        error = target - output
        self.w_[1:] += self.eta * xi.T.dot(error)
        self.w_[0] += self.eta * error.sum()
        return 0.5 * (error**2).sum()

    def net_input(self, X):
        return np.dot(X, self.w_[1:]) + self.w_[0]

    def activation(self, X):
        return X

    def predict(self, X):
        return np.where(self.activation(self.net_input(X)) >= 0.0, 1, -1)


def folds(X, y, k):
    size = len(y) // k
    for fold in range(k):
        test = slice(fold * size, (fold + 1) * size)
        train = np.ones(len(y), dtype=bool)
        train[test] = False
        yield X[train], y[train], X[test], y[test]


rng = np.random.RandomState(1)
X = np.vstack([rng.normal(-1, 0.7, (6, 2)), rng.normal(1, 0.7, (6, 2))])
y = np.where(np.arange(12) < 6, -1, 1)
order = rng.permutation(12)
X, y = X[order], y[order]
X_std = np.copy(X)
X_std[:, 0] = (X[:, 0] - X[:, 0].mean()) / X[:, 0].std()
X_std[:, 1] = (X[:, 1] - X[:, 1].mean()) / X[:, 1].std()

scores = []
for number, (X_train, y_train, X_test, y_test) in enumerate(folds(X_std, y, 3), start=1):
    ada = AdalineSGD(n_iter=4, eta=0.05, random_state=number, batch=2).fit(X_train, y_train)
    scores.append(float((ada.predict(X_test) == y_test).mean()))
    print(f"fold {number}: {scores[-1]:.2f}", *(f"{c:.4f}" for c in ada.cost_))
stream = folds(X_std, y, 2)
first = next(stream)
ada.partial_fit(first[0], first[1])
rest = [len(part[0]) for part in stream]
print(ada.w_, rest, np.mean(scores))
