import numpy as np

np.random.seed(7)
inputSize, hiddenSize, outputSize = 3, 4, 1
learningRate, numEpochs = 0.3, 25
trainInputs = np.random.rand(6, inputSize)
trainTargets = (trainInputs.sum(axis=1, keepdims=True) > 1.5) * 1.0

weightsInputHidden = np.random.uniform(-1, 1, (inputSize, hiddenSize))
weightsHiddenOutput = np.random.uniform(-1, 1, (hiddenSize, outputSize))
biasHidden = np.zeros((1, hiddenSize))
biasOutput = np.zeros((1, outputSize))

def sigmoidFunction(value): return 1.0 / (1.0 + np.exp(-value))
def sigmoidDerivative(activated): return activated * (1.0 - activated)

for currentEpoch in range(1, numEpochs + 1):
    hiddenInput = np.matmul(trainInputs, weightsInputHidden) + biasHidden
    hiddenOutput = sigmoidFunction(hiddenInput)
    finalInput = np.matmul(hiddenOutput, weightsHiddenOutput) + biasOutput
    predictedOutput = sigmoidFunction(finalInput)
    outputError = predictedOutput - trainTargets
    meanSquaredError = (outputError ** 2).mean()
    outputGradient = outputError * sigmoidDerivative(predictedOutput)
    hiddenError = outputGradient @ weightsHiddenOutput.T
    hiddenGradient = hiddenError * sigmoidDerivative(hiddenOutput)
    weightsHiddenOutput -= learningRate * hiddenOutput.T @ outputGradient
    biasOutput -= learningRate * outputGradient.sum(axis=0, keepdims=True)
    weightsInputHidden -= learningRate * trainInputs.T @ hiddenGradient
    biasHidden -= learningRate * hiddenGradient.sum(axis=0, keepdims=True)
    if currentEpoch % 5 == 0:
        print(f'Epoch {currentEpoch:>3d}/{numEpochs} loss={meanSquaredError:.6f}')
