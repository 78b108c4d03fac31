package io.stepsampler.worker.input;

import static io.stepsampler.worker.input.Refusals.KEY;
import static io.stepsampler.worker.input.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.messages.Outcome.Code;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which addresses a host may have, against a real HTTPS server on loopback. */
class HttpsAddressTest {

    @TempDir
    private Path folder;

    @TempDir
    private static Path keys;

    private static HttpsHost host;

    @BeforeAll
    static void start() throws Exception {
        host = HttpsHost.start(keys);
    }

    @BeforeEach
    void forget() {
        host.forget();
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    @Test
    void aNameWithALoopbackAddressIsRefused() {
        host.put("/linear.pt", "weights", "\"1\"");
        String file = host.uri("/linear.pt");
        try (Sources guarded = HttpsSources.of(
                List.of(host.name()),
                new Network(SystemDefaultDnsResolver.INSTANCE, PublicAddress::isPublic, host.trust()),
                folder.resolve("cache"))) {
            assertRefused(
                    () -> guarded.of("vision").file(KEY, file),
                    Code.POLICY,
                    file,
                    "the host localhost has the address 127.0.0.1; this worker connects to public addresses only");
            assertThat(host.requests()).isEmpty();
        }
    }

    /** One public address beside a private one is no way in. */
    @ParameterizedTest
    @CsvSource({"10.0.0.5,10.0.0.5", "169.254.169.254,169.254.169.254", "fd00::1,fd00:0:0:0:0:0:0:1"})
    void aNameWithAPrivateAddressIsRefused(String address, String printed) throws Exception {
        Lookup lookup = new Lookup(
                Map.of("models.example", List.of(InetAddress.getByName("8.8.8.8"), InetAddress.getByName(address))));
        try (Sources guarded = HttpsSources.of(
                List.of("models.example"),
                new Network(lookup, PublicAddress::isPublic, SSLContext.getDefault()),
                folder.resolve("cache"))) {
            assertRefused(
                    () -> guarded.of("vision").file(KEY, "https://models.example/linear.pt"),
                    Code.POLICY,
                    "https://models.example/linear.pt",
                    "the host models.example has the address " + printed
                            + "; this worker connects to public addresses only");
        }
    }

    @Test
    void aPrivateAddressInPlaceOfANameIsRefused() {
        for (String address : List.of("127.0.0.1", "[::1]")) {
            String location = "https://" + address + "/linear.pt";
            try (Sources guarded = HttpsSources.of(List.of(address), Network.open(), folder.resolve("cache"))) {
                assertRefused(
                        () -> guarded.of("vision").file(KEY, location),
                        Code.POLICY,
                        location,
                        "the host " + address + " has the address "
                                + (address.equals("[::1]") ? "0:0:0:0:0:0:0:1" : address)
                                + "; this worker connects to public addresses only");
            }
        }
    }

    private record Lookup(Map<String, List<InetAddress>> names) implements DnsResolver {

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            List<InetAddress> found = names.get(host);
            if (found == null) {
                throw new UnknownHostException(host);
            }
            return found.toArray(new InetAddress[0]);
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
