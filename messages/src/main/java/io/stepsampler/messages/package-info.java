/** The contract between the services: what travels over Kafka and HTTP. Records and sealed types, no behaviour. */
@NullMarked
package io.stepsampler.messages;

import org.jspecify.annotations.NullMarked;
