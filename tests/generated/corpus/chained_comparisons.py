"""Comparisons in a chain, and what stops early without evaluating the rest."""


def shown(x):
    print("saw", x)
    return x


print(shown(1) < shown(2) < shown(3))
print(shown(1) > shown(2) > shown(3))       # the third is never evaluated
print(shown(1) == shown(1) != shown(2))
print(1 < shown(5) > 2)

print(shown(0) and shown(1))
print(shown(0) or shown(""))
print(shown(2) or shown(3))
print(shown("") or shown(0) or shown([]))
print(not shown(0), not shown([0]))
print(shown(1) and shown(0) or shown(7))

x = 3
sign = "positive" if x > 0 else shown("negative")
print(sign)
print((shown("then") if x == 3 else shown("else")) + "!")

print(x in [1, 2, 3] in [[1, 2, 3]])        # a chain too
print(x is not None is not False)
print(any(shown(i) > 1 for i in range(5)))
print(all(shown(i) < 1 for i in range(5)))

if shown(0):
    print("no")
elif shown(1) and shown(2) > shown(1):
    print("yes")
elif shown(9):
    print("never asked")

count = 0
while shown(count) < 2 and (count < 5 or shown("never")):
    count += 1
print(count, [i for i in range(6) if i % 2 if i > shown(1)])
