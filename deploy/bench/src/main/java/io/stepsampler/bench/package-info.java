/** What is measured and never asserted in a test: agreement with PyTorch, speed as ratios, memory. */
@NullMarked
package io.stepsampler.bench;

import org.jspecify.annotations.NullMarked;
