@NullMarked
package io.stepsampler.local.stack;

import org.jspecify.annotations.NullMarked;
