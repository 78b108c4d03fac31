@NullMarked
package io.stepsampler.local;

import org.jspecify.annotations.NullMarked;
