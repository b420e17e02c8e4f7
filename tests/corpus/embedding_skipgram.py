import numpy as np
from collections import Counter, OrderedDict
import itertools, string

text = "the quick brown fox jumps over the lazy dog the fox"
tokens = [w.strip(string.punctuation).lower() for w in text.split()]
counts = Counter(tokens)
vocab = OrderedDict((w, i) for i, (w, _) in enumerate(counts.most_common()))
pairs = [(vocab[tokens[i]], vocab[tokens[j]]) for i in range(len(tokens))
         for j in range(max(0, i - 1), min(len(tokens), i + 2)) if i != j]
V, E = len(vocab), 4
np.random.seed(13)
W_in = np.random.uniform(-.5, .5, (V, E)); W_out = np.random.uniform(-.5, .5, (E, V))
for epoch in range(3):
    loss = 0
    for center, context in pairs:
        h = W_in[center]
        u = h @ W_out
        e = np.exp(u - u.max()); y = e / e.sum()
        loss -= np.log(y[context])
        y[context] -= 1
        dW_out = np.outer(h, y)
        dh = W_out @ y
        W_out -= .1 * dW_out
        W_in[center] -= .1 * dh
    print(f'{epoch=} {loss=:.4f}')
best = max(itertools.combinations(vocab, 2), key=lambda p: W_in[vocab[p[0]]] @ W_in[vocab[p[1]]])
print(best, counts.most_common(1))
