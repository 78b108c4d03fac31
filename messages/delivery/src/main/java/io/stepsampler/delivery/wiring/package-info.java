/** Puts the delivery together inside a Quarkus service: the only part of this module that knows the framework. */
@NullMarked
package io.stepsampler.delivery.wiring;

import org.jspecify.annotations.NullMarked;
