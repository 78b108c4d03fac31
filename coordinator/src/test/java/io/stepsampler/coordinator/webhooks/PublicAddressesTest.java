package io.stepsampler.coordinator.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The first and the last address of every range, and their neighbours. */
class PublicAddressesTest {

    /** Each range that is not public, with what is just outside it, or {@code -} where that is in another range. */
    private static final List<String> RANGES = List.of(
            "-               | 0.0.0.0         | 0.255.255.255   | 1.0.0.0",
            "9.255.255.255   | 10.0.0.0        | 10.255.255.255  | 11.0.0.0",
            "100.63.255.255  | 100.64.0.0      | 100.127.255.255 | 100.128.0.0",
            "126.255.255.255 | 127.0.0.0       | 127.255.255.255 | 128.0.0.0",
            "169.253.255.255 | 169.254.0.0     | 169.254.255.255 | 169.255.0.0",
            "172.15.255.255  | 172.16.0.0      | 172.31.255.255  | 172.32.0.0",
            "191.255.255.255 | 192.0.0.0       | 192.0.0.255     | 192.0.1.0",
            "192.0.1.255     | 192.0.2.0       | 192.0.2.255     | 192.0.3.0",
            "192.88.98.255   | 192.88.99.0     | 192.88.99.255   | 192.88.100.0",
            "192.167.255.255 | 192.168.0.0     | 192.168.255.255 | 192.169.0.0",
            "198.17.255.255  | 198.18.0.0      | 198.19.255.255  | 198.20.0.0",
            "198.51.99.255   | 198.51.100.0    | 198.51.100.255  | 198.51.101.0",
            "203.0.112.255   | 203.0.113.0     | 203.0.113.255   | 203.0.114.0",
            "223.255.255.255 | 224.0.0.0       | 255.255.255.255 | -",
            // all of IPv6 below what is given to hosts, loopback, unspecified, mapped and translated ones included
            "- | :: | 1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff | 2000::",
            "2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff | 2001:: | 2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff | 2001:200::",
            "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff | 2001:db8:: | 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff | 2001:db9::",
            "3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff | 3fff:: | 3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff | 3fff:1000::",
            "3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff | 4000:: | ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff | -");

    static Stream<String> inside() {
        return RANGES.stream()
                .map(range -> List.of(range.split("\\|", -1)))
                .flatMap(range -> Stream.of(range.get(1), range.get(2)))
                .map(String::strip);
    }

    static Stream<String> outside() {
        return RANGES.stream()
                .map(range -> List.of(range.split("\\|", -1)))
                .flatMap(range -> Stream.of(range.get(0), range.get(3)))
                .map(String::strip)
                .filter(address -> !address.equals("-"));
    }

    @ParameterizedTest
    @MethodSource("inside")
    void theEndsOfARangeAreNotPublic(String literal) throws UnknownHostException {
        assertThat(isPublic(literal)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("outside")
    void theNeighboursOfARangeArePublic(String literal) throws UnknownHostException {
        assertThat(isPublic(literal)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "169.254.169.254",
                "10.1.2.3",
                "::1",
                "fe80::1",
                "fec0::1",
                "fc00::1",
                "fd12:3456::1",
                "fd00:ec2::254",
                "ff02::1",
                "::127.0.0.1",
                "::ffff:0:10.0.0.1",
                "64:ff9b:1::808:808",
                "100::1",
                "2001:0:4136:e378:8000:63bf:3fff:fdd2",
                "5f00::1"
            })
    void whatIsKnownToBeInsideIsNotPublic(String literal) throws UnknownHostException {
        assertThat(isPublic(literal)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "2a00:1450::1"})
    void hostsOfTheInternetArePublic(String literal) throws UnknownHostException {
        assertThat(isPublic(literal)).isTrue();
    }

    /** In every range of IPv4 and beside it: mapped (::ffff:…), translated (64:ff9b::…) and 6to4 (2002:…). */
    @ParameterizedTest
    @MethodSource({"inside", "outside"})
    void anAddressThatStandsForOneOfIpv4IsWhatThatOneIs(String literal) throws UnknownHostException {
        byte[] plain = InetAddress.getByName(literal).getAddress();
        if (plain.length != 4) {
            return;
        }
        boolean expected = isPublic(literal);

        for (Embedding form : Embedding.values()) {
            assertThat(PublicAddresses.contains(form.of(plain)))
                    .as(form + " of " + literal)
                    .isEqualTo(expected);
        }
    }

    /** Where an address of IPv4 stands in one of IPv6, in hexadecimal digits. */
    private enum Embedding {
        MAPPED("00000000000000000000ffff%s"),
        TRANSLATED("0064ff9b0000000000000000%s"),
        SIX_TO_FOUR("2002%s00010000000000000001");

        private final String form;

        Embedding(String form) {
            this.form = form;
        }

        InetAddress of(byte[] plain) throws UnknownHostException {
            byte[] whole = HexFormat.of().parseHex(form.formatted(HexFormat.of().formatHex(plain)));
            return Inet6Address.getByAddress(null, whole, -1);
        }
    }

    @Test
    void whereEverythingIsReachedEveryAddressIsAllowed() {
        InetAddress loopback = InetAddress.getLoopbackAddress();

        assertThat(Reach.ANYWHERE.allows(loopback)).isTrue();
        assertThat(Reach.PUBLIC.allows(loopback)).isFalse();
    }

    @Test
    void aNetworkHoldsAddressesOfItsOwnKindAlone() throws UnknownHostException {
        Network network = Network.of("10.0.0.0/8");

        assertThat(network.contains(InetAddress.getByName("10.9.8.7").getAddress()))
                .isTrue();
        assertThat(network.contains(InetAddress.getByName("a00::1").getAddress()))
                .isFalse();
    }

    private static boolean isPublic(String literal) throws UnknownHostException {
        return Reach.PUBLIC.allows(InetAddress.getByName(literal));
    }
}
