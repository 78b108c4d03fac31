@NullMarked
package io.stepsampler.delivery;

import org.jspecify.annotations.NullMarked;
