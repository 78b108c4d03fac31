package io.stepsampler.coordinator.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.stepsampler.embedded.ServiceStack;
import jakarta.inject.Inject;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** When something was used. */
@QuarkusTest
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "coordinator"))
class UsageStoreTest {

    @Inject
    Jdbi database;

    /** India's hours begin at half of those of UTC, by whose months and days usage is counted. */
    @Test
    void anHourIsOneOfUtcWhereverTheServiceRuns() {
        database.useTransaction(transaction -> {
            transaction.execute("set local time zone 'Asia/Kolkata'");

            UsageStore.add(transaction, new SearchStore.Owner("in-india", "none"), 1, List.of());

            assertThat(transaction
                            .createQuery("select extract(minute from hour at time zone 'UTC')::int from usage"
                                    + " where team = 'in-india'")
                            .mapTo(Integer.class)
                            .one())
                    .isZero();
            transaction.rollback();
        });
    }
}
