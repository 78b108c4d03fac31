@NullMarked
package io.stepsampler.coordinator;

import org.jspecify.annotations.NullMarked;
