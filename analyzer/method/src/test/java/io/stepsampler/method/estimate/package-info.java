@NullMarked
package io.stepsampler.method.estimate;

import org.jspecify.annotations.NullMarked;
