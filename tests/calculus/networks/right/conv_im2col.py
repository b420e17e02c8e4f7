"""Convolution by im2col, max pooling by loops, softmax with integer labels."""

import numpy as np


def im2col(x, size):
    n, h, w = x.shape
    oh, ow = h - size + 1, w - size + 1
    cols = np.zeros((n, oh, ow, size * size))
    for i in range(oh):
        for j in range(ow):
            cols[:, i, j] = x[:, i : i + size, j : j + size].reshape(n, -1)
    return cols


class Conv:
    def __init__(self, n_filters, size):
        self.size = size
        self.filters = np.random.randn(size * size, n_filters) * 0.3
        self.bias = np.zeros(n_filters)

    def forward(self, x):
        self.cols = im2col(x, self.size)
        return self.cols @ self.filters + self.bias

    def backward(self, d_out):
        self.d_filters = np.tensordot(self.cols, d_out, axes=([0, 1, 2], [0, 1, 2]))
        self.d_bias = d_out.sum(axis=(0, 1, 2))


class MaxPool:
    def forward(self, x):
        self.x = x
        n, h, w, f = x.shape
        out = np.zeros((n, h // 2, w // 2, f))
        for i in range(h // 2):
            for j in range(w // 2):
                out[:, i, j] = x[:, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2].max(axis=(1, 2))
        return out

    def backward(self, d_out):
        d_x = np.zeros_like(self.x)
        n, h, w, f = d_out.shape
        for i in range(h):
            for j in range(w):
                part = self.x[:, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2]
                top = part == part.max(axis=(1, 2), keepdims=True)
                d_x[:, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2] += top * d_out[:, i : i + 1, j : j + 1]
        return d_x


np.random.seed(2)
images = np.random.randn(3, 5, 5)
labels = np.array([0, 2, 1])
conv, pool = Conv(2, 2), MaxPool()
W, b = np.random.randn(8, 3) * 0.5, np.zeros(3)
for epoch in range(2):
    conv_out = conv.forward(images)
    pooled = pool.forward(conv_out)
    flat = pooled.reshape(3, -1)
    logits = flat @ W + b
    exps = np.exp(logits - logits.max(axis=1, keepdims=True))
    probs = exps / exps.sum(axis=1, keepdims=True)
    loss = -np.log(probs[np.arange(3), labels]).mean()

    d_logits = probs.copy()
    d_logits[np.arange(3), labels] -= 1
    d_logits /= 3
    d_W = flat.T @ d_logits
    d_b = d_logits.sum(axis=0)
    d_pooled = (d_logits @ W.T).reshape(pooled.shape)
    d_conv = pool.backward(d_pooled)
    conv.backward(d_conv)
    W -= 0.1 * d_W
    b -= 0.1 * d_b
    conv.filters -= 0.1 * conv.d_filters
    conv.bias -= 0.1 * conv.d_bias
