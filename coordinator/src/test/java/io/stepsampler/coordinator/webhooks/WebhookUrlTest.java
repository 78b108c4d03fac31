package io.stepsampler.coordinator.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookUrlTest {

    @ParameterizedTest
    @CsvSource({
        "https://hooks.example.com, hooks.example.com, 443, /, https://hooks.example.com",
        "https://hooks.example.com:8443/a/b?token=%20x, hooks.example.com, 8443, /a/b?token=%20x,"
                + " https://hooks.example.com:8443",
        "HTTPS://8.8.8.8/?q, 8.8.8.8, 443, /?q, https://8.8.8.8",
        "https://[2606:2800::1]:1/x, [2606:2800::1], 1, /x, https://[2606:2800::1]:1",
        "https://hooks, hooks, 443, /, https://hooks",
        "https://hooks.example.com./, hooks.example.com., 443, /, https://hooks.example.com.",
        "https://a.example:65535/ö, a.example, 65535, /%C3%B6, https://a.example:65535"
    })
    void aUrlIsReadInParts(String text, String host, int port, String target, String origin) {
        WebhookUrl url = WebhookUrl.parse(text, Reach.PUBLIC).orElseThrow();

        assertThat(url.host()).isEqualTo(host);
        assertThat(url.port()).isEqualTo(port);
        assertThat(url.target()).isEqualTo(target);
        assertThat(url.origin()).isEqualTo(origin);
        assertThat(url.isSecure()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hooks.example.com",
                "/findings",
                "https:findings",
                "https://",
                "https:///findings",
                "ftp://hooks.example.com",
                "file:///etc/passwd",
                "https://user@hooks.example.com",
                "https://user:word@hooks.example.com",
                "https://hooks.example.com/#part",
                "https://hooks.example.com/a b",
                "https://hooks.example.com:0",
                "https://hooks.example.com:65536",
                "https://hooks.example.com\r\nx: y",
                "https://127.1",
                "https://2130706433",
                "https://0x7f000001",
                "https://127.0.0.0x1",
                "https://[fe80::1%25eth0]"
            })
    void whatIsNoUrlOfAHostIsRefusedEverywhere(String text) {
        assertThat(WebhookUrl.parse(text, Reach.ANYWHERE)).isEmpty();
        assertThat(WebhookUrl.parse(text, Reach.PUBLIC)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://hooks.example.com",
                "https://127.0.0.1:8080/x",
                "https://10.0.0.1",
                "https://169.254.169.254/latest",
                "https://[::1]",
                "https://[fd00::1]/x",
                "https://[::ffff:10.0.0.1]/x"
            })
    void whatIsNotPublicIsForThoseThatReachEverywhere(String text) {
        assertThat(WebhookUrl.parse(text, Reach.PUBLIC)).isEmpty();
        assertThat(WebhookUrl.parse(text, Reach.ANYWHERE)).isPresent();
    }

    @Test
    void aUrlWithoutEncryptionUsesItsOwnPort() {
        WebhookUrl url =
                WebhookUrl.parse("http://hooks.internal/x", Reach.ANYWHERE).orElseThrow();

        assertThat(url.port()).isEqualTo(80);
        assertThat(url.isSecure()).isFalse();
    }

    @Test
    void aUrlHasALargestLength() {
        String begin = "https://hooks.example.com/";
        String longest = begin + "x".repeat(2000 - begin.length());

        assertThat(WebhookUrl.parse(longest, Reach.PUBLIC)).isPresent();
        assertThat(WebhookUrl.parse(longest + "x", Reach.PUBLIC)).isEmpty();
    }

    @Test
    void whatIsAllowedIsSaid() {
        assertThat(WebhookUrl.allowed(Reach.PUBLIC))
                .isEqualTo("must be a URL such as https://hooks.example.com/findings: https, at a public host,"
                        + " without user and fragment, of at most 2000 characters");
        assertThat(WebhookUrl.allowed(Reach.ANYWHERE))
                .isEqualTo("must be a URL such as https://hooks.example.com/findings: http or https, at a host,"
                        + " without user and fragment, of at most 2000 characters");
    }
}
