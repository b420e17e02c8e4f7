"""Names that go away while what they named lives on.

Ends with NameError on line 38.
"""
import numpy as np

w = np.array([1.0, 2.0])
v = w[1:]
keep = [w]
del w
v += 5
print(v, keep)

items = [1, 2, 3, 4]
del items[1], items[-1]
print(items)
del items[:]
print(items)

table = {"a": 1, "b": 2}
del table["a"]
print(table)

x = y = 3
del x
x = "again"
print(x, y)


def local():
    z = 1
    del z
    z = 2
    return z


def reads():
    return later


print(local())
later = 4
print(reads())
del later
keep[0][0] = -1
for i in range(3):
    print(i, keep[0])
    if i == 1:
        print(len(keep) + reads())
print("never shown")
