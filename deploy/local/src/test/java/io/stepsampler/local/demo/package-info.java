@NullMarked
package io.stepsampler.local.demo;

import org.jspecify.annotations.NullMarked;
