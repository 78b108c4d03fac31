@NullMarked
package io.stepsampler.embedded;

import org.jspecify.annotations.NullMarked;
