@NullMarked
package io.stepsampler.analyzer.storage;

import org.jspecify.annotations.NullMarked;
