"""Every way of changing an array without making another."""
import numpy as np

np.random.seed(1)
rng = np.random.default_rng(1)
a = np.random.random((3, 4))
whole, column, order = a, a[:, 1], np.asfortranarray(a)
print(order @ np.ones(4), a.sum())

a[0] = 1
a[1, 2] = np.nan
a[-1, 1:3] += 5
a[:, 0] *= [1, 2, 3]
a[a > 5] = 0
a[np.isnan(a)] = -1
a[[0, 2], [3, 3]] = 9
a[np.array([True, False, True]), 2] -= 1
a.T[0][1] = 7
a[..., -1] /= 4
a[1:] = a[:-1]                          # overlapping: as if copied first
print(a, column, whole is a, order[1, 2], sep="\n")

np.add(a, 1, out=a)
np.multiply(a[0], 2, out=a[1])
np.maximum(a, 3, out=a)
np.fill_diagonal(a, 0)
np.copyto(a[2], [4, 3, 2, 1])
np.copyto(a, -1, where=a == 3)
np.put(a, [0, 11], 8)
np.add.at(a, (0, [1, 1, 1]), 1)
a.flat[5] = 50
a.flat[::4] = [1, 2, 3]
a[2].sort()
a[0] = a[0][::-1]
print(a, column, sep="\n")

a.sort(axis=0)
a[1].fill(6)
a -= a.mean(axis=1, keepdims=True)
a **= 2
np.sqrt(a, out=a)
np.clip(a, None, 2, out=a[:, :])
np.random.shuffle(a)
rng.shuffle(a[0])
print(a.round(3), column.round(3), sep="\n")

steps = np.zeros(4, dtype=int)
steps[rng.integers(0, 4, size=3)] += 1
steps += np.array([1, 0, 0, 1])
steps //= 2
mask = steps > 0
mask ^= True
mask[1:] &= mask[:-1]
small = np.ones(3, dtype=np.float32)
small *= 0.1
small += np.float64(1e-8)
view = small[::-2]
view -= 1
layers = [a, small]
layers[1] *= 2
layers[0][0] = layers[1][0]
for w in layers:
    w *= 0.5
print(steps, mask, small, small.dtype, view, a[0], sep="\n")
print(rng.normal(size=2), np.random.rand(2), rng.permutation(3), np.random.randint(0, 9, 3))
