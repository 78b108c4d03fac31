package io.stepsampler.coordinator.webhooks;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses are anybody's to reach, and so open nothing that only this service can reach. Of IPv4, all that IANA's
 * registry of special-purpose addresses (RFC 6890) does not keep for something else; of IPv6, global unicast without
 * what its registry keeps. An IPv6 address that stands for one of IPv4 is what that one is.
 */
final class PublicAddresses {

    private static final List<Network> SPECIAL = networks(
            "0.0.0.0/8", // this network
            "10.0.0.0/8", // private
            "100.64.0.0/10", // behind a carrier's translator
            "127.0.0.0/8", // loopback
            "169.254.0.0/16", // link-local, and where clouds answer about a machine
            "172.16.0.0/12", // private
            "192.0.0.0/24", // protocol assignments
            "192.0.2.0/24", // documentation
            "192.88.99.0/24", // relays of 6to4
            "192.168.0.0/16", // private
            "198.18.0.0/15", // measurements
            "198.51.100.0/24", // documentation
            "203.0.113.0/24", // documentation
            "224.0.0.0/4", // multicast
            "240.0.0.0/4", // reserved, and broadcast
            "2001::/23", // protocol assignments, Teredo among them
            "2001:db8::/32", // documentation
            "3fff::/20"); // documentation

    private static final Network GLOBAL_UNICAST = Network.of("2000::/3");

    /** An address of IPv4 stands in the last 32 bits. */
    private static final List<Network> ENDING_IN_IPV4 = List.of(
            new Network(BigInteger.valueOf(0xffff), 96, 128), // mapped: ::ffff:0:0/96
            Network.of("64:ff9b::/96")); // translated, NAT64

    /** An address of IPv4 stands after the first 16 bits. */
    private static final Network SIX_TO_FOUR = Network.of("2002::/16");

    private PublicAddresses() {}

    static boolean contains(InetAddress address) {
        return contains(address.getAddress());
    }

    private static boolean contains(byte[] address) {
        if (ENDING_IN_IPV4.stream().anyMatch(network -> network.contains(address))) {
            return contains(Arrays.copyOfRange(address, 12, 16));
        }
        if (SIX_TO_FOUR.contains(address)) {
            return contains(Arrays.copyOfRange(address, 2, 6));
        }
        boolean isAssigned = address.length == 4 || GLOBAL_UNICAST.contains(address);
        return isAssigned && SPECIAL.stream().noneMatch(network -> network.contains(address));
    }

    private static List<Network> networks(String... texts) {
        return Stream.of(texts).map(Network::of).toList();
    }
}
