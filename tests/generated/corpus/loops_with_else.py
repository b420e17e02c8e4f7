"""`else` after a loop runs unless it was left by `break`."""


def divisor(n):
    for k in range(2, n):
        if n % k == 0:
            break
    else:
        return "none"
    return k


print([divisor(n) for n in range(2, 12)])

for letter in "":
    print("never")
else:
    print("nothing to go through")

n = 27
steps = 0
while n != 1:
    n = n // 2 if n % 2 == 0 else 3 * n + 1
    steps += 1
    if steps > 20:
        print("gave up at", n)
        break
else:
    print("reached 1")

left = 3
while left:
    left -= 1
    if left == 1:
        continue
    print("left", left)
else:
    print("none left")

found = []
for i in range(4):
    for j in range(4):
        if j > i:
            break
        if (i + j) % 3 == 0:
            continue
        found.append((i, j))
    else:
        found.append("row")
        continue
    if i == 2:
        break
else:
    print("never: it was left at 2")
print(found, i, j)


def search(rows, wanted):
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if value == wanted:
                return r, c
        else:
            print("not in row", r)
    else:
        print("not at all")
    return None


print(search([[1, 2], [3, 4]], 3), search([[1]], 9))
while True:
    steps -= 1
    if steps % 7 == 0:
        break
print(steps)
