/** The networks that are trained, each fresh from its checkpoint for every trial. */
@NullMarked
package io.stepsampler.worker.network;

import org.jspecify.annotations.NullMarked;
