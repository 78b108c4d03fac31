package io.stepsampler.worker.input;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Looks a host up for the connection itself, and lets through what may be connected to. A check before the request would
 * look the host up twice, and the second answer may differ.
 */
record GuardedLookup(Network network) implements DnsResolver {

    /** A name that leads where no search may go. */
    static final class Forbidden extends UnknownHostException {

        private static final long serialVersionUID = 1;

        Forbidden(String host, InetAddress address) {
            super("the host " + host + " has the address " + address.getHostAddress()
                    + "; this worker connects to public addresses only");
        }
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = network.lookup().resolve(host);
        for (InetAddress address : addresses) {
            if (!network.allowed().test(address)) {
                throw new Forbidden(host, address);
            }
        }
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return network.lookup().resolveCanonicalHostname(host);
    }
}
