package io.stepsampler.coordinator.sending;

import io.stepsampler.coordinator.webhooks.Reach;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Where a receiver is. What is found here is what is connected to: a name that is looked up twice may be somewhere else
 * the second time.
 */
final class ReceiverAddresses {

    private final Reach reach;
    private final Names names;

    ReceiverAddresses(Reach reach, Names names) {
        this.reach = reach;
        this.names = names;
    }

    /** Knows where hosts are. */
    interface Names {

        InetAddress[] lookUp(String host) throws UnknownHostException;
    }

    /** What a look-up gives. */
    sealed interface Found {

        record At(InetAddress address) implements Found {}

        /** {@code reason}: one sentence without the address, which may be a secret of the network. */
        record Nowhere(String reason) implements Found {}
    }

    /** @param attempt how many there were before: each takes another of the host's addresses */
    Found find(String host, int attempt) {
        InetAddress[] addresses;
        try {
            addresses = names.lookUp(host);
        } catch (UnknownHostException e) {
            return new Found.Nowhere(host + " has no address");
        }
        for (InetAddress address : addresses) {
            if (!reach.allows(address)) {
                return new Found.Nowhere(host + " is not at a public address; webhooks may be at others only where"
                        + " stepsampler.webhooks.private-addresses is true");
            }
        }
        return new Found.At(addresses[attempt % addresses.length]);
    }
}
