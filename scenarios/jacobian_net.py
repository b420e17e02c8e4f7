"""XOR with every Jacobian written out.

Two inputs, three sigmoid hidden units, one sigmoid output; an observation is a
column. For each observation every link of the chain rule is a full Jacobian,
row for output and column for input, so the links really multiply as matrices:
a diagonal where a function works entry by entry, an identity for a bias, and a
three-dimensional tensor where the input is a weight matrix.
Watch dh1_dW1, and which entries of W1 each hidden unit depends on.

Source: Trevor Gordon (2021), after Danny Friedman's Machine Learning from Scratch, chapter 7.
"""
import numpy as np  # Jacobians are ordinary arrays; only their shapes need care

# %% functions
def sigmoid(h):                  # σ(h), entry by entry
    return 1 / (1 + np.exp(-h))  # between 0 and 1, the shape of h


# %% data
X = np.array([[0, 0, 1, 1], [0, 1, 0, 1]])  # (2, 4): one observation a column
y = np.array([[0, 1, 1, 0]])                # (1, 4): exclusive or of each column

# %% parameters
np.random.seed(0)               # the same draws in every run: W1, c1, W2, c2 in this order
W1 = np.random.randn(3, 2) / 5  # (3, 2): one row a hidden unit; small, so no sigmoid saturates
c1 = np.random.randn(3, 1) / 5  # (3, 1): a bias is a column here, as h1 is
W2 = np.random.randn(1, 3) / 5  # (1, 3): random, because equal hidden units would stay equal
c2 = np.random.randn(1, 1) / 5  # (1, 1): two dimensions, so that its gradient is a matrix too
grad_step = 0.5                 # the learning rate; the loss is a sum, so 1/N is not hidden in it
n_iter = 2000                   # XOR needs patience: for the first thousand the loss stays near 1

for iteration in range(n_iter):  # each iteration visits all observations, then updates once
    # %% loss
    L = 0.0  # residual sum of squares, collected over the observations
    # %% backward: the sums over the observations start at zero
    dL_dW2 = np.zeros_like(W2)  # (1, 3): a gradient has the shape of its parameter
    dL_dc2 = np.zeros_like(c2)  # (1, 1): c2 is used once an observation, and uses add up
    dL_dW1 = np.zeros_like(W1)  # (3, 2): zero again in every iteration, or old gradients stay in
    dL_dc1 = np.zeros_like(c1)  # (3, 1): a sum, never divided by 4: the loss is not a mean

    for n in range(X.shape[1]):  # one observation at a time: a batch would need one more axis
        # %% forward
        x = X[:, n:n + 1]   # (2, 1): n:n + 1 keeps the column a column, n alone would give (2,)
        t = y[:, n:n + 1]   # (1, 1): the target of this observation
        h1 = W1 @ x + c1    # (3, 2) @ (2, 1) → (3, 1)
        z1 = sigmoid(h1)    # (3, 1): the hidden units
        h2 = W2 @ z1 + c2   # (1, 3) @ (3, 1) → (1, 1)
        yhat = sigmoid(h2)  # (1, 1): the prediction

        # %% loss
        L += np.sum((t - yhat) ** 2)  # no ½ in front, so its derivative keeps the 2

        # %% backward: the Jacobians of the second layer
        dL_dyhat = -2 * (t - yhat)                      # (1, 1): 2 of the square, minus of -ŷ
        dyhat_dh2 = np.diag((yhat * (1 - yhat))[:, 0])  # (1, 1): diagonal, σ′ = ŷ(1 - ŷ)
        dh2_dc2 = np.eye(1)                             # (1, 1): identity, the bias is only added
        dh2_dW2 = np.ones((1, 1, 1)) * z1.T             # (1, 1, 3): h2 moves by z1 as W2 moves
        dh2_dz1 = W2                                    # (1, 3): W2 as used forward, not updated

        # %% backward: the Jacobians of the first layer
        dz1_dh1 = np.diag((z1 * (1 - z1))[:, 0])  # (3, 3): diagonal, so @ with it is what * does
        dh1_dc1 = np.eye(3)                       # (3, 3): each bias moves its own unit by as much
        # Matrix i of the stack belongs to row i of W1: how each hidden sum changes with W1[i].
        # The author puts x into every row of it, though W1[i] feeds hidden unit i alone.
        dh1_dW1 = np.ones((3, 3, 1)) * x.T  # (3, 3, 2)

        # %% backward: ∂L/∂W1 = ∂L/∂ŷ · ∂ŷ/∂h2 · ∂h2/∂z1 · ∂z1/∂h1 · ∂h1/∂W1
        dL_dh2 = dL_dyhat @ dyhat_dh2       # (1, 1) @ (1, 1) → (1, 1): row times Jacobian
        dL_dW2 += (dL_dh2 @ dh2_dW2)[0]     # (1, 1) @ (1, 1, 3) → (1, 1, 3), [0] drops one 1
        dL_dc2 += dL_dh2 @ dh2_dc2          # (1, 1): times the identity, so dL_dh2 itself
        dL_dz1 = dL_dh2 @ dh2_dz1           # (1, 1) @ (1, 3) → (1, 3): shared out by weight
        dL_dh1 = dL_dz1 @ dz1_dh1           # (1, 3) @ (3, 3) → (1, 3): a second σ′ ≤ ¼
        dL_dW1 += (dL_dh1 @ dh1_dW1)[:, 0]  # (1, 3) @ (3, 3, 2) → (3, 1, 2), less the 1
        dL_dc1 += (dL_dh1 @ dh1_dc1).T      # (1, 3) → (3, 1): a row into c1's column

    # %% update: only now, with all gradients summed
    W1 -= grad_step * dL_dW1  # against the gradient, summed over the four observations
    c1 -= grad_step * dL_dc1  # summed as well: the same c1 was added for every observation
    W2 -= grad_step * dL_dW2  # after all of the backward pass: dh2_dz1 is this same array
    c2 -= grad_step * dL_dc2  # four parameters, four gradients of the same shapes

# %% evaluate
yhat = sigmoid(W2 @ sigmoid(W1 @ X + c1) + c2)  # (1, 4): all columns at once
rss = np.sum((y - yhat) ** 2)                   # after the last update; L is from before it
for n in range(X.shape[1]):                     # the four rows of the truth table
    # A prediction above ½ counts as 1.
    print(f"{X[0, n]} xor {X[1, n]} = {y[0, n]}   predicted {yhat[0, n]:.4f}")
# It was 1.03 in the first iteration.
print(f"residual sum of squares after {n_iter} iterations: {rss:.6f}")
