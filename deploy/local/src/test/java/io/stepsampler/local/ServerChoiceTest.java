package io.stepsampler.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.local.stack.ConnectionFile.Connection;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServerChoiceTest {

    private static final Connection LOCAL = new Connection(URI.create("http://127.0.0.1:8470"), "of the file");

    @Test
    void theKeyOfTheEnvironmentCountsForTheLocalServiceToo() {
        assertThat(ServerChoice.withKey(LOCAL, Optional.of("of the environment")))
                .isEqualTo(new Connection(LOCAL.url(), "of the environment"));
    }

    @Test
    void withoutOneTheLocalServiceIsAskedWithItsOwnKey() {
        assertThat(ServerChoice.withKey(LOCAL, Optional.empty())).isEqualTo(LOCAL);
    }
}
