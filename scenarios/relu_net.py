"""A ReLU network with one hidden layer.

Three inputs, four hidden units with ReLU, one linear output; one training
sample and ten epochs, so every product can be checked by hand.
Watch grad_output, where the chain rule starts: compare it with the loss.
Watch the second hidden unit too: its weighted sum is negative in every epoch,
so no gradient passes it and its column of W1 never moves.

Source: after a public from-scratch NumPy notebook.
"""
import numpy as np  # the whole network is a dozen lines of matrix arithmetic

# %% data
X = np.array([[0.1, 0.2, 0.3]])  # (1, 3): one sample is one row
y = np.array([[0.6]])            # (1, 1), the shape of y_pred; (1,) would broadcast unseen

# %% parameters
np.random.seed(0)           # the same weights in every run
W1 = np.random.randn(3, 4)  # (3, 4): W1[i, j] leads from input i to hidden unit j
b1 = np.zeros((1, 4))       # (1, 4): one bias for each hidden unit
W2 = np.random.randn(4, 1)  # (4, 1): random, or hidden units that start equal stay equal
b2 = np.zeros((1, 1))       # (1, 1): biases may start at zero, the weights already differ
learning_rate = 0.1         # the share of the gradient that one update subtracts
epochs = 10                 # ten steps bring y_pred from 0.75 to 0.61; the target is 0.60

for epoch in range(epochs):  # once around: forward, loss, backward, update
    # %% forward
    hidden_layer_input = X @ W1 + b1                         # (1, 3) @ (3, 4) → (1, 4)
    hidden_layer_output = np.maximum(0, hidden_layer_input)  # (1, 4), ReLU: below 0 becomes 0
    y_pred = hidden_layer_output @ W2 + b2                   # (1, 4) @ (4, 1) → (1, 1), linear

    # %% loss
    loss = np.square(y_pred - y).sum()  # sum of squared errors: no ½ and no 1/N in front

    # %% backward: from the loss back to each parameter, the last layer first
    # ∂loss/∂y_pred, prediction minus target; the other way round the network would climb.
    # The author drops the 2 of d(u²)/du; it only halves the learning rate.
    grad_output = y_pred - y  # (1, 1)
    # W2[j] multiplies hidden output j, so that is its factor; the transpose sums over samples.
    grad_W2 = hidden_layer_output.T @ grad_output  # (4, 1) @ (1, 1) → (4, 1), the shape of W2
    # b2 was copied to every sample's row, so its gradient adds up over the rows.
    grad_b2 = np.sum(grad_output, axis=0, keepdims=True)  # (1, 1)
    # Back through the W2 that was used forward: at this moment ∂loss/∂hidden_layer_output.
    grad_hidden = grad_output @ W2.T  # (1, 1) @ (1, 4) → (1, 4)
    # ReLU's derivative is 1 above zero and 0 elsewhere; the mask asks the sum that went into it.
    # From here on it is ∂loss/∂hidden_layer_input; at exactly 0 we choose 0.
    grad_hidden[hidden_layer_input <= 0] = 0  # still (1, 4)
    # W1[i, j] met input i of every sample: grad_W1[i, j] = Σₙ X[n, i] · grad_hidden[n, j].
    grad_W1 = X.T @ grad_hidden  # (3, 1) @ (1, 4) → (3, 4), the shape of W1
    # Summed over the rows for the same reason as grad_b2; a sum, not a mean: the loss has no 1/N.
    grad_b1 = np.sum(grad_hidden, axis=0, keepdims=True)  # (1, 4)

    # %% update: all gradients are known before the first parameter moves
    W1 -= learning_rate * grad_W1  # minus: the gradient points uphill
    b1 -= learning_rate * grad_b1  # -= changes the array in place; no new b1 is made
    W2 -= learning_rate * grad_W2  # had W2 moved before grad_hidden, grad_hidden would be wrong
    b2 -= learning_rate * grad_b2  # ∂y_pred/∂b2 = 1: this gradient is grad_output itself

    # %% evaluate
    # y_pred and loss are from before this update; the next epoch shows what it brought.
    print(f"epoch {epoch + 1:2d}  y {y[0, 0]:.2f}  y_pred {y_pred[0, 0]:.2f}  loss {loss:.4f}")

# %% evaluate: inference, a forward pass and nothing else
trained_hidden = np.maximum(0, X @ W1 + b1)  # (1, 4): with the trained W1 and b1
trained_output = trained_hidden @ W2 + b2    # (1, 1): nearer to 0.6 than the last y_pred
# Neither loss nor gradient is needed any more.
print(f"inference {X[0]} -> {trained_output[0, 0]:.4f}")
