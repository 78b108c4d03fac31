class Updates(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  def sgd(self: __torch__.Updates, parameters: List[Tensor], gradients: List[Tensor], memory: List[Tensor],
      steps: List[int], rates: List[float], decays: List[float],
      momentum: float, dampening: float, nesterov: bool) -> NoneType:
    for i in range(torch.len(parameters)):
      parameter = parameters[i]
      gradient = gradients[i]
      if decays[i] != 0.:
        gradient.add_(parameter, alpha=decays[i])
      direction = gradient
      if momentum != 0.:
        velocity = memory[i]
        if steps[i] == 1:
          velocity.copy_(gradient)
        else:
          velocity.mul_(momentum).add_(gradient, alpha=1. - dampening)
        if nesterov:
          direction = gradient.add_(velocity, alpha=momentum)
        else:
          direction = velocity
      parameter.add_(direction, alpha=-rates[i])
    return None

  def adam(self: __torch__.Updates, parameters: List[Tensor], gradients: List[Tensor], memory: List[Tensor],
      steps: List[int], rates: List[float], decays: List[float],
      beta1: float, beta2: float, epsilon: float, decoupled: bool) -> NoneType:
    for i in range(torch.len(parameters)):
      parameter = parameters[i]
      gradient = gradients[i]
      if decays[i] != 0.:
        if decoupled:
          parameter.mul_(1. - rates[i] * decays[i])
        else:
          gradient.add_(parameter, alpha=decays[i])
      first = memory[2 * i]
      second = memory[2 * i + 1]
      first.lerp_(gradient, 1. - beta1)
      second.mul_(beta2).addcmul_(gradient, gradient, value=1. - beta2)
      correction1 = 1. - torch.pow(beta1, steps[i])
      correction2 = torch.sqrt(1. - torch.pow(beta2, steps[i]))
      denominator = second.sqrt().div_(correction2).add_(epsilon)
      parameter.addcdiv_(first, denominator, value=-(rates[i] / correction1))
    return None

  def rmsprop(self: __torch__.Updates, parameters: List[Tensor], gradients: List[Tensor], memory: List[Tensor],
      steps: List[int], rates: List[float], decays: List[float],
      alpha: float, epsilon: float, momentum: float, centered: bool) -> NoneType:
    for i in range(torch.len(parameters)):
      parameter = parameters[i]
      gradient = gradients[i]
      if decays[i] != 0.:
        gradient.add_(parameter, alpha=decays[i])
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
        parameter.add_(velocity, alpha=-rates[i])
      else:
        parameter.addcdiv_(gradient, average, value=-rates[i])
    return None

  def adagrad(self: __torch__.Updates, parameters: List[Tensor], gradients: List[Tensor], memory: List[Tensor],
      steps: List[int], rates: List[float], decays: List[float],
      rateDecay: float, initial: float, epsilon: float) -> NoneType:
    for i in range(torch.len(parameters)):
      parameter = parameters[i]
      gradient = gradients[i]
      if decays[i] != 0.:
        gradient.add_(parameter, alpha=decays[i])
      total = memory[i]
      if steps[i] == 1:
        total.fill_(initial)
      total.addcmul_(gradient, gradient, value=1.)
      rate = rates[i] / (1. + (steps[i] - 1) * rateDecay)
      parameter.addcdiv_(gradient, total.sqrt().add_(epsilon), value=-rate)
    return None
