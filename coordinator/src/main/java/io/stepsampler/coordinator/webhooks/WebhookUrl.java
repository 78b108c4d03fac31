package io.stepsampler.coordinator.webhooks;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where a webhook's receiver is. {@code text}: in ASCII, with its scheme in lower case. */
public record WebhookUrl(String text) {

    private static final int LONGEST = 2000;
    private static final int LARGEST_PORT = 65_535;
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private static final Pattern ADDRESS = Pattern.compile("\\[.*]|[0-9]+(\\.[0-9]+){3}");

    /** The last part begins with a letter: what does not may be an address in disguise, such as 2130706433. */
    private static final Pattern NAME = Pattern.compile("(.*\\.)?[a-zA-Z][^.]*\\.?");

    /** What is allowed, as a clause. */
    public static String allowed(Reach reach) {
        return "must be a URL such as https://hooks.example.com/findings: " + reach.schemes() + ", at a "
                + (reach == Reach.PUBLIC ? "public " : "") + "host, without user and fragment, of at most " + LONGEST
                + " characters";
    }

    /** Empty where the text is none that is allowed. A host's name is looked up only when something is sent to it. */
    public static Optional<WebhookUrl> parse(String text, Reach reach) {
        return uri(text)
                .filter(uri -> isComplete(uri) && reach.allowsScheme(scheme(uri)))
                .map(uri -> new WebhookUrl(
                        scheme(uri) + uri.toASCIIString().substring(scheme(uri).length())))
                .filter(url -> url.text().length() <= LONGEST)
                .filter(url -> url.isWithin(reach));
    }

    private static Optional<URI> uri(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static boolean isComplete(URI uri) {
        return uri.getScheme() != null
                && uri.getHost() != null
                && (ADDRESS.matcher(uri.getHost()).matches()
                        || NAME.matcher(uri.getHost()).matches())
                && uri.getRawUserInfo() == null
                && uri.getRawFragment() == null
                && uri.getPort() <= LARGEST_PORT
                && uri.getPort() != 0;
    }

    private static String scheme(URI uri) {
        return uri.getScheme().toLowerCase(Locale.ROOT);
    }

    public boolean isSecure() {
        return text.startsWith("https:");
    }

    /** A name or an address; one of IPv6 is in brackets. */
    public String host() {
        return URI.create(text).getHost();
    }

    public int port() {
        int port = URI.create(text).getPort();
        if (port != -1) {
            return port;
        }
        return isSecure() ? HTTPS_PORT : HTTP_PORT;
    }

    /** What is asked of the host: path and query. */
    public String target() {
        URI uri = URI.create(text);
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    /** Without path and query, in which there may be secrets. */
    public String origin() {
        URI uri = URI.create(text);
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }

    private boolean isWithin(Reach reach) {
        if (!ADDRESS.matcher(host()).matches()) {
            return true;
        }
        try {
            return reach.allows(InetAddress.getByName(host()));
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
