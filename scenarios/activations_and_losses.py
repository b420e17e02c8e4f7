"""Activations and losses, each with its derivative.

No network and no training: a short vector goes through tanh, ReLU, the linear
activation and softmax, and a few predictions through four losses; every
function is followed by its derivative. These are the links that all chain
rules are made of.
Watch what each derivative is written in: tanh and softmax use their own
output, ReLU the sum that went in, mse and cross-entropy the difference.

Source: functions of Modern Computer Vision with PyTorch, chapter 1, by Ayyadevara and Reddy.
"""
import numpy as np  # every function here works on a whole array at once

# %% data
z = np.array([-2.0, -0.5, 0.0, 0.5, 2.0])  # (5,): weighted sums, both signs and the kink at 0
t = np.array([0.0, 0.0, 0.0, 1.0, 0.0])    # (5,): one-hot, class 3 is the right one
p = np.array([0.9, 0.2, 0.4, 0.6])         # (4,): predicted probabilities
y = np.array([1.0, 0.0, 1.0, 0.0])         # (4,): what they should have been, the shape of p

# %% forward: tanh
tanh = np.tanh(z)  # (5,): between -1 and 1, an S like the sigmoid but centred on 0
# %% backward: tanh
dtanh_dz = 1 - tanh ** 2  # of the output, not of z; 1 at zero, where the sigmoid has ¼

# %% forward: ReLU
relu = np.maximum(0, z)  # (5,): negative sums become 0, positive ones pass
# %% backward: ReLU
drelu_dz = np.where(z > 0, 1.0, 0.0)  # the mask asks z; at the kink z = 0 we choose 0

# %% forward: linear
linear = 1.0 * z  # (5,): no activation at all, as in the output of a regression
# %% backward: linear
dlinear_dz = np.ones_like(z)  # 1 everywhere: the gradient passes unchanged

# %% forward: softmax
exp_z = np.exp(z)                                    # (5,): positive; overflows from z = 710 on
softmax = exp_z / np.sum(exp_z)                      # (5,): shares of the sum, which add to 1
shifted = z - np.max(z)                              # (5,): the largest becomes 0: no overflow
exp_shifted = np.exp(shifted)                        # (5,): every exp_z over the same exp(max z)
softmax_shifted = exp_shifted / np.sum(exp_shifted)  # it cancels: the same shares
# %% backward: softmax
# A full Jacobian: through the sum, every share depends on every z. Here @ is right, not *.
dsoftmax_dz = np.diag(softmax) - np.outer(softmax, softmax)  # (5, 5): p_i(δ_ij - p_j)

# %% loss: mean squared error
mse = np.mean((p - y) ** 2)  # a number; the mean puts 1/N in front
# %% backward: mean squared error
dmse_dp = 2 * (p - y) / len(p)  # (4,): the 2 of the square, the 1/N of the mean; p first

# %% loss: mean absolute error
mae = np.mean(np.abs(p - y))  # a number; one large error counts no more than several small ones
# %% backward: mean absolute error
dmae_dp = np.sign(p - y) / len(p)  # (4,): only the side counts, not the size; no slope at p = y

# %% loss: binary cross-entropy
bce = -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))  # y picks one log each
# %% backward: binary cross-entropy
dbce_dp = (p - y) / (p * (1 - p)) / len(p)  # p(1 - p) is a sigmoid's σ′: behind one, it cancels

# %% loss: categorical cross-entropy
cce = -np.sum(t * np.log(softmax))  # minus the log of the right class's share
# %% backward: categorical cross-entropy
dcce_dsoftmax = -t / softmax           # (5,): zero but for the right class
dcce_dz = dsoftmax_dz @ dcce_dsoftmax  # (5, 5) @ (5,) → (5,): the chain rule
shortcut = softmax - t                 # (5,): the same numbers, the long way cancelled

# %% evaluate
diagonal = np.diag(dsoftmax_dz)  # (5,): what a share does when its own z grows, p(1 - p)
# A line for each entry of z; the columns d are the derivatives of what stands left of them.
print("     z    tanh      d    relu  d  linear  d  softmax  shifted      d")
for i in range(len(z)):  # look at the line z = 0: the slopes are 1, 0, 1
    # Both softmax columns agree to the last digit shown.
    print(
        f"{z[i]:6.2f} {tanh[i]:7.4f} {dtanh_dz[i]:6.4f} {relu[i]:7.4f} {drelu_dz[i]:2.0f} "
        f"{linear[i]:7.4f} {dlinear_dz[i]:2.0f} "
        f"{softmax[i]:8.4f} {softmax_shifted[i]:8.4f} {diagonal[i]:6.4f}"
    )
# Three measures of the same predictions p, each on a scale of its own.
print(f"mse {mse:.4f}   mae {mae:.4f}   binary cross-entropy {bce:.4f}")
# dbce grows without bound as p nears the wrong end; dmse stays below 2/N, dmae at 1/N.
print("     p    y    dmse    dmae    dbce")
for i in range(len(p)):  # one line an entry of p
    # All three have the sign of p - y: too small a p gets a negative slope.
    print(f"{p[i]:6.2f} {y[i]:4.0f} {dmse_dp[i]:7.4f} {dmae_dp[i]:7.4f} {dbce_dp[i]:7.4f}")
print(f"categorical cross-entropy {cce:.4f}")  # -log of 0.1529, the share of class 3
print("     t  softmax    dcce  softmax - t")  # the last two are equal
for i in range(len(t)):                        # one line a class
    # Negative for the right class alone: its z should grow, every other z should fall.
    print(f"{t[i]:6.0f} {softmax[i]:8.4f} {dcce_dz[i]:7.4f} {shortcut[i]:12.4f}")
