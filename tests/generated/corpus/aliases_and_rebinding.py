"""Two names of one thing: what changes the thing, and what only moves a name."""
import numpy as np

a = b = [1, 2]
a += [3]                          # changes the list: b sees it
print(a, b, a is b)
a = a + [4]                       # a new list: b does not
print(a, b, a is b)

w = v = np.array([1.0, 2.0, 3.0])
w -= 1                            # in place
print(v, w is v)
w = w - 1                         # rebinds
print(v, w, w is v)

n = m = 5
n += 1                            # numbers cannot change: always rebinds
print(n, m)

word = same = "ab"
word += "c"
print(word, same)

pair = ([1], 2)
inner = pair[0]
inner.append(3)
print(pair)

rows = [[0] * 2] * 3              # one row, three times
rows[0][1] = 7
print(rows)
apart = [[0] * 2 for _ in range(3)]
apart[0][1] = 7
print(apart)

table = {"w": v}
table["w"] += 1                   # in place, and stored again
print(v, table["w"] is v)
table["w"] = table["w"] * 2
print(v, table["w"] is v)

m = np.arange(6.0).reshape(2, 3)
turned, row, part, flat = m.T, m[0], m[:, 1:], m.reshape(-1)
chosen = m[[0, 1]]                # a copy, unlike the others
m[0, 1] = -1
print(turned, row, part, flat, chosen, sep="\n")
row += 10
turned[2, 1] = 0
print(m)
m[0], m[1] = m[1], m[0]           # the trap: the right side is two views
print(m)
m[[0, 1]] = m[[1, 0]] * 2
print(m)


def update(w, x):
    w -= 1                        # the caller's array
    x = x - 1                     # a name of its own
    return x


x = np.ones(2)
print(update(x, x), x)
