@NullMarked
package io.stepsampler.analyzer;

import org.jspecify.annotations.NullMarked;
