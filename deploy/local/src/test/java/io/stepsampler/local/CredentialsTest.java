package io.stepsampler.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {

    private static final URI SERVER = URI.create("https://stepsampler.example.com");

    @Test
    void aKeyIsKeptForItsServerAloneAndForItsUserAlone(@TempDir Path folder) throws Exception {
        Credentials credentials = new Credentials(folder.resolve("new"));

        credentials.store(SERVER, "first");
        credentials.store(URI.create("https://other.example.com/"), "other");
        credentials.store(SERVER, "second");

        assertThat(credentials.keyOf(SERVER)).contains("second");
        assertThat(credentials.keyOf(URI.create(SERVER + "/"))).contains("second");
        assertThat(credentials.keyOf(URI.create("https://other.example.com"))).contains("other");
        assertThat(credentials.keyOf(URI.create("http://stepsampler.example.com")))
                .isEmpty();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("new/credentials.json"))))
                .isEqualTo("rw-------");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://stepsampler.example.com:443",
                "https://Stepsampler.Example.com",
                "https://STEPSAMPLER.example.com:443/",
            })
    void aServerIsTheSameHoweverItsAddressIsWritten(String address, @TempDir Path folder) throws Exception {
        Credentials credentials = new Credentials(folder);

        credentials.store(URI.create(address), "key");

        assertThat(credentials.keyOf(SERVER)).contains("key");
        assertThat(credentials.keyOf(URI.create("https://stepsampler.example.com:8443")))
                .isEmpty();
        assertThat(credentials.keyOf(URI.create("https://stepsampler.example.com/other")))
                .isEmpty();
    }

    @Test
    void aFileThatIsNoneIsNamed(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("credentials.json"), "{}");

        assertThatThrownBy(() -> new Credentials(folder).keyOf(SERVER))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("credentials.json cannot be read: ");
    }
}
