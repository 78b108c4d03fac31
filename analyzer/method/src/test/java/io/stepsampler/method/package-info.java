@NullMarked
package io.stepsampler.method;

import org.jspecify.annotations.NullMarked;
