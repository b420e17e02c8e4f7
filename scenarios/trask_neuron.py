"""Trask's sigmoid neuron.

Four rows, three inputs, one weight each, no bias. The output equals the first
input; gradient descent has to find that out.
Watch the chain rule: ∂E/∂w is the product of three factors, and each factor is
a statement of its own. Watch w too: the first weight grows, the third (its
input is always 1) becomes the threshold, the second stays small.

Source: after Andrew Trask (2015), with the four rows of Milo Spencer-Harper's version.
"""
import numpy as np  # arrays and matrix products; nothing else is needed

# %% functions
def sigmoid(s):                  # σ(s): any weighted sum becomes a number between 0 and 1
    return 1 / (1 + np.exp(-s))  # entry by entry: the shape of s stays


# %% data
# (4, 3): one row a sample; the third input is always 1 and stands in for a bias.
X = np.array([[0, 0, 1], [1, 1, 1], [1, 0, 1], [0, 1, 1]])
# (4, 1), a column like y_hat: with (4,) the difference y - y_hat would broadcast to (4, 4).
y = np.array([[0, 1, 1, 0]]).T

# %% parameters
np.random.seed(1)                     # the same starting weights in every run
w = 2 * np.random.random((3, 1)) - 1  # (3, 1): uniform in [-1, 1), mean 0
learning_rate = 1                     # large, but σ′ ≤ ¼ keeps every step small
accuracies = []                       # one number an iteration, to look at afterwards
print(f"starting weights:\n{w}")      # before training: nothing but chance

for iteration in range(1000):  # every iteration looks at all four rows at once
    # %% forward
    s = X @ w           # (4, 3) @ (3, 1) → (4, 1): one weighted sum a row
    y_hat = sigmoid(s)  # (4, 1): the neuron's answers, between 0 and 1

    # %% loss
    # Half the sum of squared errors; the ½ is there to cancel the 2 of d(u²)/du.
    E = 0.5 * np.sum((y - y_hat) ** 2)

    # %% backward: ∂E/∂w = ∂E/∂ŷ · ∂ŷ/∂s · ∂s/∂w
    # First link: the slope of ½(y - ŷ)². Its sign is ŷ - y; y - ŷ would be minus the gradient.
    dE_dyhat = y_hat - y  # (4, 1)
    # Second link: σ′(s) = ŷ(1 - ŷ). It takes the output ŷ, not s, and it is never above ¼.
    dyhat_ds = y_hat * (1 - y_hat)  # (4, 1)
    # The links multiply with *, not @: each ŷ depends on its own s alone (a diagonal Jacobian).
    dE_ds = dE_dyhat * dyhat_ds  # (4, 1)
    # Third link: ∂s/∂w is X. Each weight meets every row once, so its gradient sums over the rows:
    # dE_dw[i] = Σₙ X[n, i] · dE_ds[n]. That sum is the transpose.
    dE_dw = X.T @ dE_ds  # (3, 4) @ (4, 1) → (3, 1), the shape of w

    # %% update
    w -= learning_rate * dE_dw  # downhill; with y - ŷ above, this would have to be +=

    # %% evaluate
    accuracy = np.mean((y_hat > 0.5) == y)  # share of rows on the right side of ½
    accuracies.append(accuracy)             # 1.0 from iteration 5 on, while E has far to fall

# %% evaluate
print(f"outputs after training:\n{y_hat}")  # of the last forward pass
print(f"weights after training:\n{w}")      # only the first is large
x_new = np.array([[1, 0, 0]])               # (1, 3): a row that was not among the four
prediction = sigmoid(x_new @ w)             # (1, 1): σ of the first weight alone
# Near 1, like its first input: what was learned holds for a row never seen.
print(f"prediction for [1, 0, 0]: {prediction[0, 0]:.8f}")
