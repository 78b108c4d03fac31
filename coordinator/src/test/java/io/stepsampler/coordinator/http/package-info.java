@NullMarked
package io.stepsampler.coordinator.http;

import org.jspecify.annotations.NullMarked;
