class Gradients(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  def of(self: __torch__.Gradients, loss: Tensor, share: float, tensors: List[Tensor],
      places: List[int], count: int) -> List[Optional[Tensor]]:
    seeds = annotate(Optional[List[Optional[Tensor]]], [torch.full_like(loss, share)])
    taken = torch.autograd.grad([loss], tensors, seeds, None, False, True)
    if torch.len(tensors) == count:
      return taken
    gradients = annotate(List[Optional[Tensor]], [])
    for i in range(torch.len(tensors)):
      if torch.len(gradients) <= places[i]:
        gradients.append(taken[i])
      else:
        gradients[places[i]] = (self).both(gradients[places[i]], taken[i], )
    return gradients

  def none(self: __torch__.Gradients, count: int) -> List[Optional[Tensor]]:
    gradients = annotate(List[Optional[Tensor]], [])
    for i in range(count):
      gradients.append(None)
    return gradients

  def add(self: __torch__.Gradients, total: List[Optional[Tensor]], part: List[Optional[Tensor]]) -> NoneType:
    for i in range(torch.len(part)):
      found = part[i]
      if torch.__isnot__(found, None):
        before = total[i]
        if torch.__is__(before, None):
          total[i] = unchecked_cast(Tensor, found).clone()
        else:
          unchecked_cast(Tensor, before).add_(unchecked_cast(Tensor, found))
    return None

  def both(self: __torch__.Gradients, left: Optional[Tensor], right: Optional[Tensor]) -> Optional[Tensor]:
    if torch.__is__(left, None):
      return right
    if torch.__is__(right, None):
      return left
    return torch.add(unchecked_cast(Tensor, left), unchecked_cast(Tensor, right))

  def norm(self: __torch__.Gradients, gradients: List[Optional[Tensor]]) -> Tensor:
    norms = annotate(List[Tensor], [])
    for i in range(torch.len(gradients)):
      found = gradients[i]
      if torch.__isnot__(found, None):
        norms.append(torch.linalg_vector_norm(unchecked_cast(Tensor, found), 2))
    if torch.len(norms) == 0:
      return torch.zeros([])
    return torch.linalg_vector_norm(torch.stack(norms), 2)

  def length(self: __torch__.Gradients, gradients: List[Optional[Tensor]]) -> float:
    return float((self).norm(gradients, ))

  def clipped(self: __torch__.Gradients, gradients: List[Optional[Tensor]],
      longest: float) -> List[Optional[Tensor]]:
    factor = torch.clamp(torch.reciprocal((self).norm(gradients, ) + 1e-6) * longest, None, 1.)
    clipped = annotate(List[Optional[Tensor]], [])
    for i in range(torch.len(gradients)):
      found = gradients[i]
      if torch.__isnot__(found, None):
        clipped.append(torch.mul(unchecked_cast(Tensor, found), factor))
      else:
        clipped.append(found)
    return clipped
