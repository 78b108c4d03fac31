/** How the worker hears of probes and cancellations, and tells of trials: one class for each message. */
@NullMarked
package io.stepsampler.worker.messaging;

import org.jspecify.annotations.NullMarked;
