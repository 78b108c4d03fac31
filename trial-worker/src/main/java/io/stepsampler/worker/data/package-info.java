/** Training and validation examples, and which of them form the batches. */
@NullMarked
package io.stepsampler.worker.data;

import org.jspecify.annotations.NullMarked;
