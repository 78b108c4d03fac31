class Restoring(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  def restore(self: __torch__.Restoring, live: List[Tensor], stored: List[Tensor]) -> NoneType:
    for i in range(torch.len(live)):
      live[i].copy_(stored[i])
    return None
