@NullMarked
package io.stepsampler.local.report;

import org.jspecify.annotations.NullMarked;
