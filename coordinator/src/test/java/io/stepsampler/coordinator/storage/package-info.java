@NullMarked
package io.stepsampler.coordinator.storage;

import org.jspecify.annotations.NullMarked;
