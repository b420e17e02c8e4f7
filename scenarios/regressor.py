"""A regression on beach water, with mini-batches and early stopping.

Thirteen measurements of tide, weather and water predict how much of an
antibiotic-resistance gene the water holds. Layers of 13, 10, 5 and 1 units,
sigmoid, sigmoid and linear; five mini-batches an epoch.
Watch the gradients shrink on their way back: σ′ is at most ¼, and there are two
sigmoids. Watch the validation loss: from epoch 51 on it rises while the
training loss still falls, and fifty epochs later training ends.

Source: after the tutorial "ANN in numpy" for AI4Water; data of Jang et al., 2021.
"""
import math         # sqrt for the initial weights, ceil for the number of batches
import os           # only to find the data beside this file
import numpy as np  # everything else

# %% functions
def sigmoid(z):                  # σ(z): any weighted sum becomes a number between 0 and 1
    return 1 / (1 + np.exp(-z))  # entry by entry, so the shape of z stays


def sigmoid_backward(z, grad_a):  # from ∂loss/∂a to ∂loss/∂z, where a = σ(z)
    a = sigmoid(z)                # the same number as in the forward pass
    da_dz = a * (1 - a)           # σ′(z) = a(1 - a): of the output a, not of z; at most ¼
    grad_z = grad_a * da_dz       # * and not @: each a depends on its own z alone
    return grad_z                 # the shape of z


def mse(prediction, target):                 # mean squared error: one number for the batch
    error = prediction - target              # (n, 1); a target of (n,) would make it (n, n)
    return np.sum(error ** 2) / len(target)  # the 1/n is here, and in every gradient


def mse_backward(prediction, target):  # ∂mse/∂prediction
    error = prediction - target        # prediction first: target - prediction would climb
    return 2 * error / len(target)     # the 2 of d(u²)/du and the 1/n of the mean, both kept


def glorot_initializer(rows, columns):                       # weights from U(-limit, limit)
    scale = 1 / max(1, (rows + columns) / 2)                 # more connections, smaller weights
    limit = math.sqrt(3 * scale)                             # the variance, limit² / 3, is scale
    rng = np.random.default_rng(313)                         # afresh: every layer draws alike
    return rng.uniform(-limit, limit, size=(rows, columns))  # equal units would stay equal


# %% data
# (1446, 14): all columns but the first, which is the time; an empty cell becomes nan.
table = np.genfromtxt(
    os.path.join(os.path.dirname(os.path.abspath(__file__)), "data", "busan_beach.csv"),
    delimiter=",",
    skip_header=1,
    usecols=range(1, 15),
)
# Every column to mean 0 and deviation 1, so that no sigmoid starts saturated;
# the nan variants pass over the missing targets.
table = (table - np.nanmean(table, axis=0)) / np.nanstd(table, axis=0)
has_target = ~np.isnan(table[:, 13])  # (1446,): true in 218 of the rows
rows = table[has_target]              # (218, 14): a row without a target teaches nothing
n_train = int(0.7 * len(rows))        # 152; the first rows, not shuffled: they are a time series
x_train = rows[:n_train, :13]         # (152, 13): the inputs
y_train = rows[:n_train, 13:]         # (152, 1): 13: keeps it a column, like l3_out
x_val = rows[n_train:, :13]           # (66, 13): never trained on
y_val = rows[n_train:, 13:]           # (66, 1): only to decide when to stop

# %% parameters
w1 = glorot_initializer(13, 10)              # (13, 10): inputs to the first hidden layer
b1 = np.zeros((1, 10))                       # (1, 10): zero will do, the weights already differ
w2 = glorot_initializer(10, 5)               # (10, 5): first to second hidden layer
b2 = np.zeros((1, 5))                        # (1, 5): added to every row of a batch
w3 = glorot_initializer(5, 1)                # (5, 1): second hidden layer to the output
b3 = np.zeros((1, 1))                        # (1, 1): the offset of the output
lr = 0.001                                   # learning rate: the share of a gradient subtracted
batch_size = 32                              # rows in a mini-batch
n_batches = math.ceil(n_train / batch_size)  # five: four of 32 rows and one of 24
patience = 50                                # epochs allowed without a better validation loss
best_val_loss = np.inf                       # so that the first epoch is an improvement
best_epoch = 0                               # which epoch it was
train_losses = []                            # mean training loss of each epoch
val_losses = []                              # validation loss after each epoch

for epoch in range(1000):  # the log counts from 0 as its author did; early stopping ends it
    # %% loss: collected over the epoch
    epoch_losses = []  # one loss a batch

    for batch in range(n_batches):  # one update a batch, so five an epoch
        # %% data: the next mini-batch
        start = batch * batch_size                   # in order: the same batches in every epoch
        batch_x = x_train[start:start + batch_size]  # (32, 13); the last batch (24, 13)
        batch_y = y_train[start:start + batch_size]  # (32, 1): the targets of the same rows

        # %% forward
        l1_out = np.dot(batch_x, w1) + b1   # (32, 13) @ (13, 10) → (32, 10), b1 to every row
        sig1_out = sigmoid(l1_out)          # (32, 10): what the first hidden layer says
        l2_out = np.dot(sig1_out, w2) + b2  # (32, 10) @ (10, 5) → (32, 5)
        sig2_out = sigmoid(l2_out)          # (32, 5): a second squeeze into (0, 1)
        l3_out = np.dot(sig2_out, w3) + b3  # (32, 5) @ (5, 1) → (32, 1), linear

        # %% loss
        loss = mse(l3_out, batch_y)  # before this batch's update
        epoch_losses.append(loss)    # for the mean that is printed

        # %% backward: from the loss to w1, the last layer first
        # The gradient at the output, before any layer: how the loss changes with each prediction.
        d_loss = mse_backward(l3_out, batch_y)  #: dloss/dl3_out
        # b3 was copied to every row, so its gradient sums over them; the 1/n is already in d_loss.
        d_b3 = np.sum(d_loss, axis=0, keepdims=True)  # (1, 1)
        # What the third layer hands back, through the w3 that was used forward.
        input_grad_w3 = np.dot(d_loss, w3.T)  #: dloss/dsig2_out
        # Each weight met every row of the batch: Σₙ sig2_out[n, i] · d_loss[n, j], the transpose.
        d_w3 = np.dot(sig2_out.T, d_loss)  # (5, 32) @ (32, 1) → (5, 1), the shape of w3
        # Back through the second sigmoid: its derivative is taken where it was used, at l2_out.
        d_l2_out = sigmoid_backward(l2_out, input_grad_w3)  # (32, 5)
        # A sum, not a mean: dividing by n again would make b2 learn 32 times too slowly.
        d_b2 = np.sum(d_l2_out, axis=0, keepdims=True)  # (1, 5)
        # With w2 as it was in the forward pass; no weight has been updated yet.
        input_grad_w2 = np.dot(d_l2_out, w2.T)  #: dloss/dsig1_out
        # The layer's input, transposed, times the gradient at its weighted sum.
        d_w2 = np.dot(sig1_out.T, d_l2_out)  # (10, 32) @ (32, 5) → (10, 5), the shape of w2
        # Back through the first sigmoid: its author says sig1_out, it is the gradient at l1_out.
        d_sig1_out = sigmoid_backward(l1_out, input_grad_w2)  #: dloss/dl1_out
        # The input of the first layer is the data itself; the chain of w1 ends here.
        d_w1 = np.dot(batch_x.T, d_sig1_out)  # (13, 32) @ (32, 10) → (13, 10)
        # The last gradient of the batch: nothing has moved so far.
        d_b1 = np.sum(d_sig1_out, axis=0, keepdims=True)  # (1, 10)

        # %% update: all six gradients are known, now all six parameters move
        w1 -= lr * d_w1  # the farthest from the loss, behind two sigmoids
        b1 -= lr * d_b1  # in place, so b1 stays the same array
        w2 -= lr * d_w2  # had this come before input_grad_w2, w1 would get a wrong gradient
        b2 -= lr * d_b2  # minus, because the gradient points uphill
        w3 -= lr * d_w3  # the nearest to the loss: no sigmoid in between, the largest gradient
        b3 -= lr * d_b3  # its gradient is twice the mean error of the batch

    # %% evaluate: on the rows that are not trained on
    val_sig1_out = sigmoid(np.dot(x_val, w1) + b1)         # (66, 10): the same network
    val_sig2_out = sigmoid(np.dot(val_sig1_out, w2) + b2)  # (66, 5): its second layer
    val_prediction = np.dot(val_sig2_out, w3) + b3         # (66, 1): all rows at once
    val_loss = mse(val_prediction, y_val)                  # forward only: nothing is learned here
    train_loss = np.mean(epoch_losses)                     # each batch before its own update
    train_losses.append(train_loss)                        # falls to the end
    val_losses.append(val_loss)                            # falls to epoch 51, then rises
    if val_loss <= best_val_loss:                          # an improvement is printed
        best_val_loss = val_loss                           # the mark to beat from now on
        best_epoch = epoch                                 # patience begins again
        # Epoch, training loss, validation loss, as in the published log.
        print(f"{epoch} {round(train_loss, 4)} {round(val_loss, 4)}")
    elif epoch - best_epoch > patience:  # early stopping
        # Epoch 102: the fifty-first in a row that is no better than epoch 51.
        print(f"early stopping at {epoch}: no better validation loss since {best_epoch}")
        # The weights of this last epoch stay, as with the author; not those of the best one.
        break

# %% evaluate
# Pearson correlation of prediction and target, off the diagonal of a (2, 2) matrix.
correlation = np.corrcoef(val_prediction[:, 0], y_val[:, 0])[0, 1]
r2 = correlation ** 2  # forgives wrong scale and offset, as 1 - SSE/SST does not
print(f"R2 {r2:.8f}")  # about a tenth of the variance
