class Updates(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  def sgd(self: __torch__.Updates, parameters: List[Tensor], gradients: List[Optional[Tensor]],
      memory: List[Tensor], steps: List[int], factors: List[float], decays: List[float], learningRate: float,
      momentum: float, dampening: float, nesterov: bool) -> NoneType:
    for i in range(torch.len(parameters)):
      found = gradients[i]
      if torch.__isnot__(found, None):
        gradient = unchecked_cast(Tensor, found)
        parameter = parameters[i]
        steps[i] = steps[i] + 1
        if decays[i] != 0.:
          gradient = gradient.add(parameter, alpha=decays[i])
        direction = gradient
        if momentum != 0.:
          velocity = memory[i]
          if steps[i] == 1:
            velocity.copy_(gradient)
          else:
            velocity.mul_(momentum).add_(gradient, alpha=1. - dampening)
          if nesterov:
            direction = gradient.add(velocity, alpha=momentum)
          else:
            direction = velocity
        parameter.add_(direction, alpha=-(learningRate * factors[i]))
    return None

  def adam(self: __torch__.Updates, parameters: List[Tensor], gradients: List[Optional[Tensor]],
      memory: List[Tensor], steps: List[int], factors: List[float], decays: List[float], learningRate: float,
      beta1: float, beta2: float, epsilon: float, decoupled: bool) -> NoneType:
    for i in range(torch.len(parameters)):
      found = gradients[i]
      if torch.__isnot__(found, None):
        gradient = unchecked_cast(Tensor, found)
        parameter = parameters[i]
        rate = learningRate * factors[i]
        steps[i] = steps[i] + 1
        if decays[i] != 0.:
          if decoupled:
            parameter.mul_(1. - rate * decays[i])
          else:
            gradient = gradient.add(parameter, alpha=decays[i])
        first = memory[2 * i]
        second = memory[2 * i + 1]
        first.lerp_(gradient, 1. - beta1)
        second.mul_(beta2).addcmul_(gradient, gradient, value=1. - beta2)
        correction1 = 1. - torch.pow(beta1, steps[i])
        correction2 = torch.sqrt(1. - torch.pow(beta2, steps[i]))
        denominator = second.sqrt().div_(correction2).add_(epsilon)
        parameter.addcdiv_(first, denominator, value=-(rate / correction1))
    return None

  def rmsprop(self: __torch__.Updates, parameters: List[Tensor], gradients: List[Optional[Tensor]],
      memory: List[Tensor], steps: List[int], factors: List[float], decays: List[float], learningRate: float,
      alpha: float, epsilon: float, momentum: float, centered: bool) -> NoneType:
    for i in range(torch.len(parameters)):
      found = gradients[i]
      if torch.__isnot__(found, None):
        gradient = unchecked_cast(Tensor, found)
        parameter = parameters[i]
        rate = learningRate * factors[i]
        if decays[i] != 0.:
          gradient = gradient.add(parameter, alpha=decays[i])
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
      memory: List[Tensor], steps: List[int], factors: List[float], decays: List[float], learningRate: float,
      rateDecay: float, initial: float, epsilon: float) -> NoneType:
    for i in range(torch.len(parameters)):
      found = gradients[i]
      if torch.__isnot__(found, None):
        gradient = unchecked_cast(Tensor, found)
        parameter = parameters[i]
        steps[i] = steps[i] + 1
        if decays[i] != 0.:
          gradient = gradient.add(parameter, alpha=decays[i])
        total = memory[i]
        if steps[i] == 1:
          total.fill_(initial)
        total.addcmul_(gradient, gradient, value=1.)
        rate = (learningRate * factors[i]) / (1. + (steps[i] - 1) * rateDecay)
        parameter.addcdiv_(gradient, total.sqrt().add_(epsilon), value=-rate)
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
