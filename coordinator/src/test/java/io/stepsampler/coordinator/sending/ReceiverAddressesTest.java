package io.stepsampler.coordinator.sending;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.coordinator.sending.ReceiverAddresses.Found;
import io.stepsampler.coordinator.webhooks.Reach;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ReceiverAddressesTest {

    private static final Map<String, List<String>> NAMES = Map.of(
            "outside.test", List.of("8.8.8.8", "2606:2800::1"),
            "inside.test", List.of("10.0.0.1"),
            "both.test", List.of("8.8.8.8", "10.0.0.1"));

    private final List<String> asked = new ArrayList<>();

    private InetAddress[] lookUp(String host) throws UnknownHostException {
        asked.add(host);
        if (!NAMES.containsKey(host)) {
            throw new UnknownHostException(host);
        }
        List<InetAddress> addresses = new ArrayList<>();
        for (String literal : Objects.requireNonNull(NAMES.get(host))) {
            addresses.add(InetAddress.getByName(literal));
        }
        return addresses.toArray(InetAddress[]::new);
    }

    @Test
    void eachAttemptTakesAnotherAddressOfTheHost() throws UnknownHostException {
        ReceiverAddresses addresses = new ReceiverAddresses(Reach.PUBLIC, this::lookUp);

        assertThat(addresses.find("outside.test", 0)).isEqualTo(at("8.8.8.8"));
        assertThat(addresses.find("outside.test", 1)).isEqualTo(at("2606:2800::1"));
        assertThat(addresses.find("outside.test", 2)).isEqualTo(at("8.8.8.8"));
    }

    @Test
    void aHostWithOneAddressThatIsNotPublicIsRefusedWithoutNamingIt() {
        ReceiverAddresses addresses = new ReceiverAddresses(Reach.PUBLIC, this::lookUp);

        for (String host : List.of("inside.test", "both.test")) {
            assertThat(addresses.find(host, 0))
                    .isEqualTo(new Found.Nowhere(host + " is not at a public address; webhooks may be at others only"
                            + " where stepsampler.webhooks.private-addresses is true"));
        }
    }

    @Test
    void whereEverythingIsReachedAnyAddressIsTaken() throws UnknownHostException {
        ReceiverAddresses addresses = new ReceiverAddresses(Reach.ANYWHERE, this::lookUp);

        assertThat(addresses.find("inside.test", 0)).isEqualTo(at("10.0.0.1"));
    }

    @Test
    void aHostIsLookedUpOnceForAnAttempt() {
        ReceiverAddresses addresses = new ReceiverAddresses(Reach.PUBLIC, this::lookUp);

        addresses.find("outside.test", 0);

        assertThat(asked).containsExactly("outside.test");
    }

    @Test
    void aHostWithoutAnAddressIsNowhere() {
        ReceiverAddresses addresses = new ReceiverAddresses(Reach.PUBLIC, this::lookUp);

        assertThat(addresses.find("nobody.test", 3)).isEqualTo(new Found.Nowhere("nobody.test has no address"));
    }

    private static Found at(String literal) throws UnknownHostException {
        return new Found.At(InetAddress.getByName(literal));
    }
}
