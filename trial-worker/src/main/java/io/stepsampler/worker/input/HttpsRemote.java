package io.stepsampler.worker.input;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.DefaultHttpRequestRetryStrategy;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;

/** Files of configured HTTPS hosts. No proxy is used: the address that is checked must be the one connected to. */
final class HttpsRemote implements Remote, AutoCloseable {

    private static final int HTTPS_PORT = 443;
    private static final int CONNECT_SECONDS = 10;
    private static final int SILENCE_SECONDS = 30;
    private static final int RETRIES = 2;

    private final List<String> hosts;
    private final Supplier<Network> network;
    private @Nullable CloseableHttpClient client;

    /**
     * @param hosts each as {@code host}, its port 443, or {@code host:port}
     * @param network asked once, when it is first needed: most workers never do
     */
    HttpsRemote(List<String> hosts, Supplier<Network> network) {
        this.hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
        this.network = network;
    }

    @Override
    public RemoteFile file(String key, String location) throws Refusal {
        return new HttpsFile(this, key, location, allowed(key, location, location));
    }

    @Override
    public List<RemoteFile> folder(String key, String location) throws Refusal {
        throw Refusal.badInput(
                key, location, "https: names a file; a folder must be an absolute path or a file: or s3: URI");
    }

    /** @param address what the search names, or where a server sends on to */
    URI allowed(String key, String location, String address) throws Refusal {
        URI uri;
        try {
            uri = new URI(address).parseServerAuthority();
        } catch (URISyntaxException e) {
            throw Refusal.badInput(key, location, "it must be https://HOST/PATH, not " + address);
        }
        if (!"https".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null || uri.getUserInfo() != null) {
            throw Refusal.badInput(key, location, "it must be https://HOST/PATH, not " + address);
        }
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        boolean standard = uri.getPort() < 0 || uri.getPort() == HTTPS_PORT;
        if (!(standard && hosts.contains(host)) && !hosts.contains(host + ":" + uri.getPort())) {
            throw Refusal.policy(
                    key,
                    location,
                    hosts.isEmpty()
                            ? "this worker asks no https: host; stepsampler.https-hosts allows them"
                            : "the host " + uri.getRawAuthority() + " is not among those that this worker asks, "
                                    + hosts);
        }
        return uri;
    }

    /** Neither follows a redirect nor asks again for anything but what may pass. */
    ClassicHttpResponse send(ClassicHttpRequest request) throws IOException {
        return client().executeOpen(null, request, null);
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.close(CloseMode.IMMEDIATE);
            client = null;
        }
    }

    private synchronized CloseableHttpClient client() {
        if (client == null) {
            client = client(network.get());
        }
        return client;
    }

    private static CloseableHttpClient client(Network network) {
        ConnectionConfig connection = ConnectionConfig.custom()
                .setConnectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
                .setSocketTimeout(SILENCE_SECONDS, TimeUnit.SECONDS)
                .build();
        RequestConfig request = RequestConfig.custom()
                .setResponseTimeout(SILENCE_SECONDS, TimeUnit.SECONDS)
                .build();
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new GuardedLookup(network))
                        .setTlsSocketStrategy(new DefaultClientTlsStrategy(network.trust()))
                        .setDefaultConnectionConfig(connection)
                        .build())
                .setDefaultRequestConfig(request)
                .setRetryStrategy(new DefaultHttpRequestRetryStrategy(RETRIES, TimeValue.ofSeconds(1)))
                .setUserAgent("stepsampler")
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }
}
