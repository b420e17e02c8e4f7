"""Loops over what the loop itself changes."""
import numpy as np

for i in range(3):
    print(i, end=" ")
    i = i * 10                      # the loop goes on from where it was
    print(i, end="; ")
print(i)

n = 2
for k in range(n):
    n += 5                          # the range was made once
print(k, n)

items = [1, 2, 3, 4, 5]
for item in items:
    if item % 2:
        items.remove(item)          # the next one slips into its place, and is missed
print(items)

items = [1, 2]
for item in items:
    if len(items) < 6:
        items.append(item * 10)     # what is added is visited too
print(items, item)

items = [3, 2, 1]
for place, item in enumerate(items):
    items[-1 - place] = item + place
print(items)
for item in items[:]:
    items.insert(0, item)
print(items)

w = np.arange(4.0)
for index, value in np.ndenumerate(w):
    w[(index[0] + 1) % 4] += value  # it walks over the array itself
print(w)

m = np.arange(6).reshape(3, 2)
for row in m:
    row += m[-1]                    # the last row grows while it is added
print(m)
for value in m.flat:
    m[0, 0] += 1
print(m[0, 0], value)

for left, right in zip([1, 2, 3], "ab"):
    print(left, right, end=" ")
walk = [1, 2, 3, 4]
pairs = [(p, q) for p, q in zip(walk[::2], walk[1::2])]
print(pairs, left)

weights = {"a": 1, "b": 2}
for name, weight in weights.items():
    weights[name] = weight * 2      # values may change, keys may not
for name in list(weights):
    weights[name + name] = weights.pop(name)
print(weights)
while items:
    items.pop()
    if len(items) < 3:
        items = items[1:]
print(items)
