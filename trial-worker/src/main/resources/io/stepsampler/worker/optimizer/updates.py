class Updates(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  def sgd(self: __torch__.Updates, parameters: List[Tensor], gradients: List[Optional[Tensor]],
      places: List[int], memory: List[Tensor], steps: List[int], rate: float, decay: float,
      momentum: float, dampening: float, nesterov: bool) -> NoneType:
    for isFirst in [True, False]:
      moved = (self).moved(gradients, places, steps, isFirst, )
      if torch.len(moved) > 0:
        dense = (self).dense(parameters, moved, 0, 1, )
        velocities = annotate(List[Tensor], [])
        if momentum != 0.:
          velocities = (self).dense(memory, moved, 0, 1, )
        torch._fused_sgd_(dense, (self).slopes(gradients, places, moved, ), velocities, weight_decay=decay,
            momentum=momentum, lr=rate, dampening=dampening, nesterov=nesterov, maximize=False,
            is_first_step=isFirst)
        (self).store(parameters, moved, dense, )
    (self).count(gradients, places, steps, )
    return None

  def adam(self: __torch__.Updates, parameters: List[Tensor], gradients: List[Optional[Tensor]],
      places: List[int], memory: List[Tensor], steps: List[int], rate: float, decay: float,
      beta1: float, beta2: float, epsilon: float, decoupled: bool) -> NoneType:
    (self).count(gradients, places, steps, )
    moved = (self).moved(gradients, places, steps, False, )
    if torch.len(moved) == 0:
      return None
    dense = (self).dense(parameters, moved, 0, 1, )
    slopes = (self).slopes(gradients, places, moved, )
    means = (self).dense(memory, moved, 0, 2, )
    squares = (self).dense(memory, moved, 1, 2, )
    counts = annotate(List[Tensor], [])
    for j in range(torch.len(moved)):
      if j > 0 and steps[moved[j]] == steps[moved[j - 1]]:
        counts.append(counts[j - 1])
      else:
        counts.append(dense[0].new_full([], steps[moved[j]]))
    none = annotate(List[Tensor], [])
    if decoupled:
      torch._fused_adamw_(dense, slopes, means, squares, none, counts, lr=rate, beta1=beta1, beta2=beta2,
          weight_decay=decay, eps=epsilon, amsgrad=False, maximize=False)
    else:
      torch._fused_adam_(dense, slopes, means, squares, none, counts, lr=rate, beta1=beta1, beta2=beta2,
          weight_decay=decay, eps=epsilon, amsgrad=False, maximize=False)
    (self).store(parameters, moved, dense, )
    return None

  def rmsprop(self: __torch__.Updates, parameters: List[Tensor], gradients: List[Optional[Tensor]],
      places: List[int], memory: List[Tensor], steps: List[int], rate: float, decay: float,
      alpha: float, epsilon: float, momentum: float, centered: bool) -> NoneType:
    for i in range(torch.len(parameters)):
      found = gradients[places[i]]
      if torch.__isnot__(found, None):
        gradient = unchecked_cast(Tensor, found)
        parameter = parameters[i]
        if decay != 0.:
          gradient = gradient.add(parameter, alpha=decay)
        square = memory[3 * i]
        square.mul_(alpha).addcmul_(gradient, gradient, value=1. - alpha)
        average = square
        if centered:
          mean = memory[3 * i + 1]
          mean.lerp_(gradient, 1. - alpha)
          average = square.addcmul(mean, mean, value=-1.).sqrt_()
        else:
          average = square.sqrt()
        average.add_(epsilon)
        if momentum > 0.:
          velocity = memory[3 * i + 2]
          velocity.mul_(momentum).addcdiv_(gradient, average)
          parameter.add_(velocity, alpha=-rate)
        else:
          parameter.addcdiv_(gradient, average, value=-rate)
    return None

  def adagrad(self: __torch__.Updates, parameters: List[Tensor], gradients: List[Optional[Tensor]],
      places: List[int], memory: List[Tensor], steps: List[int], rate: float, decay: float,
      rateDecay: float, epsilon: float) -> NoneType:
    (self).count(gradients, places, steps, )
    for i in (self).moved(gradients, places, steps, False, ):
      gradient = unchecked_cast(Tensor, gradients[places[i]])
      parameter = parameters[i]
      if decay != 0.:
        gradient = gradient.add(parameter, alpha=decay)
      total = memory[i]
      total.addcmul_(gradient, gradient, value=1.)
      falling = rate / (1. + (steps[i] - 1) * rateDecay)
      parameter.addcdiv_(gradient, total.sqrt().add_(epsilon), value=-falling)
    return None

  def moved(self: __torch__.Updates, gradients: List[Optional[Tensor]], places: List[int], steps: List[int],
      isFirst: bool) -> List[int]:
    moved = annotate(List[int], [])
    for i in range(torch.len(places)):
      if torch.__isnot__(gradients[places[i]], None):
        if (steps[i] == 0) == isFirst:
          moved.append(i)
    return moved

  def count(self: __torch__.Updates, gradients: List[Optional[Tensor]], places: List[int],
      steps: List[int]) -> NoneType:
    for i in range(torch.len(places)):
      if torch.__isnot__(gradients[places[i]], None):
        steps[i] = steps[i] + 1
    return None

  def dense(self: __torch__.Updates, tensors: List[Tensor], moved: List[int], first: int,
      each: int) -> List[Tensor]:
    dense = annotate(List[Tensor], [])
    for i in moved:
      dense.append(tensors[first + each * i].contiguous())
    return dense

  def slopes(self: __torch__.Updates, gradients: List[Optional[Tensor]], places: List[int],
      moved: List[int]) -> List[Tensor]:
    slopes = annotate(List[Tensor], [])
    for i in moved:
      slopes.append(unchecked_cast(Tensor, gradients[places[i]]).contiguous())
    return slopes

  # Also what keeps the fused update in the compiled method: to PyTorch's compiler that changes the list of tensors, not
  # the tensors in it, and a list that nothing reads afterwards need not be changed.
  def store(self: __torch__.Updates, parameters: List[Tensor], moved: List[int],
      dense: List[Tensor]) -> NoneType:
    for j in range(torch.len(moved)):
      parameter = parameters[moved[j]]
      if not parameter.is_contiguous():
        parameter.copy_(dense[j])
    return None

  def finite(self: __torch__.Updates, parameters: List[Tensor]) -> bool:
    sums = annotate(List[Tensor], [])
    for i in range(torch.len(parameters)):
      sums.append(torch.sum(parameters[i]))
    if bool(torch.isfinite(torch.sum(torch.stack(sums)))):
      return True
    for i in range(torch.len(parameters)):
      if not bool(torch.all(torch.isfinite(parameters[i]))):
        return False
    return True
