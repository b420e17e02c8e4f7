"""What a comprehension's variables are to the names around it: nothing."""
import numpy as np

x = "outside"
squares = [x * x for x in range(4)]
print(squares, x)

total = sum(x for x in (1, 2, 3))
print(total, x)

names = {x: len(x) for x in ("ab", "c")}
print(names, x, sorted({x % 2 for x in range(5)}))

n = 3
print([n for n in range(n)], n)             # the first range sees the n outside
print([(n, k) for n in range(2) for k in range(n + 1)], n)

scale = 10
lazy = (scale * i for i in range(3))
scale = 100                                 # it is looked up when the items are asked for
print(list(lazy), list(lazy))

items = [1, 2, 3]
later = (i * 2 for i in items)              # the list was, when it was written
items = [7]
print(list(later))

rows = [[i + j for j in range(2)] for i in range(3)]
print(rows, [cell for row in rows for cell in row if cell % 2])


def weigh(values, factor):
    return [factor * value for value in values if value > threshold]


threshold = 1
print(weigh([1, 2, 3], 2))
threshold = 2
print(weigh([1, 2, 3], 2))


def count(values):
    seen = []
    kept = [seen.append(value) or len(seen) for value in values]
    return kept, seen


print(count("abc"))
w = np.arange(6.0).reshape(2, 3)
print([float(row.sum()) for row in w], max(abs(c - 2) for r in w for c in r))
print(max([4, 5], key=lambda v: -v), sorted([3, 1, 2], key=lambda v: (v % 2, v)))
del lazy, later
calls = [f(2) for f in [lambda v: v + 1, abs, float]]
print(calls, [*map(lambda v: v * n, range(3))], [*filter(None, [0, 1, 2])])
