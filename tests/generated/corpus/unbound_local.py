"""A name that is assigned anywhere in a function is its own everywhere in it.

Ends with UnboundLocalError on line 39.
"""
count = 10
best = [1, 2]


def reads():
    return count + 1


def hides(flag):
    if flag:
        count = 1
    else:
        return "not asked"
    return count


def declares():
    global count
    count += 1
    return count


def changes():
    best.append(3)                  # no assignment: the list outside
    best[0] += 1
    return best


def breaks(turns):
    for turn in range(turns):
        print("turn", turn)
        if turn == 1:
            best[1] = -1            # this much is done
            print(best, end=" ")
            count += 1              # its own, and not yet bound
    return count


print(reads(), hides(True), hides(False), count)
print(declares(), declares(), count)
print(changes(), best)
print(breaks(3))
print("never shown")
