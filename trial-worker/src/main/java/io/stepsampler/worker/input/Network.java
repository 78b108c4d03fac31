package io.stepsampler.worker.input;

import java.net.InetAddress;
import java.security.NoSuchAlgorithmException;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/**
 * How hosts are found, which addresses may be connected to, and whose certificates are trusted.
 *
 * @param lookup may throw {@link java.net.UnknownHostException}
 */
record Network(DnsResolver lookup, Predicate<InetAddress> allowed, SSLContext trust) {

    /** The public one, and nothing of the network that the worker itself is in. */
    static Network open() {
        try {
            return new Network(SystemDefaultDnsResolver.INSTANCE, PublicAddress::isPublic, SSLContext.getDefault());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has a default SSL context", e);
        }
    }
}
