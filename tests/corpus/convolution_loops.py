import numpy as np

np.random.seed(0)

def conv_forward(image, kernel, bias, stride=1, padding=0):
    if padding > 0:
        image = np.pad(image, ((padding, padding), (padding, padding)), mode='constant')
    kh, kw = kernel.shape
    oh = (image.shape[0] - kh) // stride + 1
    ow = (image.shape[1] - kw) // stride + 1
    out = np.zeros((oh, ow))
    for i in range(oh):
        for j in range(ow):
            region = image[i * stride:i * stride + kh, j * stride:j * stride + kw]
            out[i, j] = np.sum(region * kernel) + bias
    return out

def max_pool(x, size=2):
    h, w = x.shape[0] // size, x.shape[1] // size
    out = np.zeros((h, w))
    mask = np.zeros_like(x, dtype=bool)
    for i in range(h):
        for j in range(w):
            patch = x[i * size:(i + 1) * size, j * size:(j + 1) * size]
            out[i, j] = patch.max()
            a, b = np.unravel_index(patch.argmax(), patch.shape)
            mask[i * size + a, j * size + b] = True
    return out, mask

images = np.random.rand(3, 6, 6)
labels = np.array([1.0, 0.0, 1.0])
kernel = np.random.randn(3, 3) * 0.1
bias = 0.0
w_fc = np.random.randn(4) * 0.1
for epoch in range(2):
    total = 0.0
    for img, label in zip(images, labels):
        z = conv_forward(img, kernel, bias)
        a = np.maximum(z, 0)
        pooled, mask = max_pool(a)
        flat = pooled.flatten()
        score = flat @ w_fc
        prob = 1 / (1 + np.exp(-score))
        loss = -(label * np.log(prob) + (1 - label) * np.log(1 - prob))
        total += loss
        d_score = prob - label
        d_w = d_score * flat
        d_flat = d_score * w_fc
        d_a = np.kron(d_flat.reshape(2, 2), np.ones((2, 2))) * mask
        d_z = d_a * (z > 0)
        d_kernel = np.zeros_like(kernel)
        for i in range(d_z.shape[0]):
            for j in range(d_z.shape[1]):
                d_kernel += d_z[i, j] * img[i:i + 3, j:j + 3]
        d_bias = d_z.sum()
        kernel -= 0.05 * d_kernel
        bias -= 0.05 * d_bias
        w_fc -= 0.05 * d_w
    print(f"epoch={epoch} loss={total / len(images):.5f}")
