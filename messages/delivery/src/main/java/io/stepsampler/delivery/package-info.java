/**
 * Messages that are neither lost nor counted twice: an outbox and an inbox in the database transaction of the state
 * they belong to, a relay that sends, and what happens to records that cannot be read.
 */
@NullMarked
package io.stepsampler.delivery;

import org.jspecify.annotations.NullMarked;
