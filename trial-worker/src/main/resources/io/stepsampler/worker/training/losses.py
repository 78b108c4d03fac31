class CrossEntropy(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  ignoredIndex : int
  labelSmoothing : float

  def forward(self: __torch__.CrossEntropy, outputs: Tensor, targets: Tensor) -> Tensor:
    rows = torch.reshape(torch.movedim(outputs, 1, -1), [-1, torch.size(outputs, 1)])
    labels = torch.reshape(targets, [-1])
    return torch.cross_entropy_loss(rows, labels, None, 1, self.ignoredIndex, self.labelSmoothing)

class MeanSquaredError(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  def forward(self: __torch__.MeanSquaredError, outputs: Tensor, targets: Tensor) -> Tensor:
    return torch.mse_loss(outputs, torch.reshape(targets, torch.size(outputs)), 1)

class MeanAbsoluteError(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  def forward(self: __torch__.MeanAbsoluteError, outputs: Tensor, targets: Tensor) -> Tensor:
    return torch.l1_loss(outputs, torch.reshape(targets, torch.size(outputs)), 1)

class BinaryCrossEntropyWithLogits(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  def forward(self: __torch__.BinaryCrossEntropyWithLogits, outputs: Tensor, targets: Tensor) -> Tensor:
    wanted = torch.reshape(targets, torch.size(outputs))
    return torch.binary_cross_entropy_with_logits(outputs, wanted, None, None, 1)

class Output(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  def forward(self: __torch__.Output, outputs: Tensor, targets: Tensor) -> Tensor:
    return torch.mean(outputs)
