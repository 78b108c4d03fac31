/** TorchScript of our own: what is done in one call of PyTorch, because each call from Java costs its time. */
@NullMarked
package io.stepsampler.worker.script;

import org.jspecify.annotations.NullMarked;
