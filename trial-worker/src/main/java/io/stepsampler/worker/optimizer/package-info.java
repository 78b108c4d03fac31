/** What moves a parameter: the updates of {@code torch.optim}, written out. */
@NullMarked
package io.stepsampler.worker.optimizer;

import org.jspecify.annotations.NullMarked;
