/** One handler for each incoming message: the flow of this service. */
@NullMarked
package io.stepsampler.analyzer.messaging;

import org.jspecify.annotations.NullMarked;
