"""A gradient without calculus.

Two inputs, three sigmoid hidden units, one linear output, trained without a
backward pass: each weight is nudged by 0.0001 and the change of the loss,
divided by the nudge, is taken for the derivative. It needs one forward pass for
each of the 13 weights, where backpropagation needs one backward pass for all.
Watch grad: the weights are float32, so the nudge itself is rounded, and only
about four digits of each gradient are right.

Source: V Kishore Ayyadevara and Yeshwanth Reddy, Modern Computer Vision with PyTorch, chapter 1.
"""
import copy         # deepcopy: a nudge must not reach the weights it was copied from
import numpy as np  # for the forward pass; there is no other

# %% functions
def feed_forward(inputs, outputs, weights):  # from the weights to the loss
    # %% forward
    pre_hidden = np.dot(inputs, weights[0]) + weights[1]  # (1, 2) @ (2, 3) → (1, 3)
    hidden = 1 / (1 + np.exp(-pre_hidden))                # (1, 3): sigmoid; float64 because of x
    # np.dot(hidden, weights[2]), written as products and a sum: its last bit then does not depend
    # on the machine's matrix routine, and the division by 0.0001 magnifies last bits.
    products = hidden * weights[2].T                            # (1, 3): what each unit adds
    out = np.sum(products, axis=1, keepdims=True) + weights[3]  # (1, 1): linear, no activation
    # %% loss
    mean_squared_error = np.mean(np.square(out - outputs))  # one output: just the square
    return mean_squared_error                               # one number judges all weights


def update_weights(inputs, outputs, weights, lr):  # one epoch: 13 nudges, 13 gradients
    original_weights = copy.deepcopy(weights)      # stays as it is, to walk over
    updated_weights = copy.deepcopy(weights)       # collects the updates; no nudge sees them
    # What the loss is before any nudge: every difference starts from here.
    original_loss = feed_forward(inputs, outputs, original_weights)
    # %% backward: ∂loss/∂w ≈ (loss(w + 0.0001) - loss(w)) / 0.0001
    for i, layer in enumerate(original_weights):     # a weight matrix, its bias, and again
        for index, weight in np.ndenumerate(layer):  # one number at a time
            temp_weights = copy.deepcopy(weights)    # fresh: the last nudge is forgotten
            # The float32 sum is rounded, so the weight moves by not quite 0.0001: the first error.
            temp_weights[i][index] += np.float32(0.0001)
            loss_plus = feed_forward(inputs, outputs, temp_weights)  # one weight moved
            # The second error of this forward difference is half the curvature times 0.0001;
            # a difference to both sides (central) would cancel it, for twice the work.
            grad = (loss_plus - original_loss) / 0.0001
            # %% update
            # Into the copy: all gradients are taken at the same point, as in backpropagation.
            updated_weights[i][index] -= grad * lr
    return updated_weights, original_loss  # the loss from before the update


# %% data
x = np.array([[1, 1]])  # (1, 2): one sample
y = np.array([[0]])     # (1, 1): its target

# %% parameters
# Into the hidden layer (2, 3) and its bias (3,); into the output (3, 1) and its bias (1,).
W = [
    np.array([[-0.0053, -0.5820, -0.2723], [0.3793, -0.5204, 0.1896]], dtype=np.float32),
    np.array([-0.0140, 0.5607, -0.0628], dtype=np.float32),
    np.array([[0.1528], [-0.1745], [-0.1135]], dtype=np.float32),
    np.array([-0.5516], dtype=np.float32),
]
losses = []  # one loss an epoch

for epoch in range(100):  # 100 epochs of 14 forward passes each
    # %% update: 13 gradients by nudging, then one step
    W, loss = update_weights(x, y, W, 0.01)  # learning rate 0.01; a new list W
    losses.append(loss)                      # falls every time: the rough gradient will do
    # %% evaluate
    if (epoch + 1) % 10 == 0:                            # every tenth shows the trend
        print(f"epoch {epoch + 1:3d}  loss {loss:.6f}")  # from before the update

# %% evaluate
trained_loss = feed_forward(x, y, W)               # one more forward pass, after the last update
print(f"after training  loss {trained_loss:.6f}")  # a thousandth of the first, 0.334550
